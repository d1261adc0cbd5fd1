import { describe, expect, test } from 'vitest'
import { type Address, ZERO_ADDRESS } from '../../src/core/address'
import { FIGURES } from '../../src/core/figures'
import { evaluate, type Figure } from '../../src/core/figures/figure'
import type { Moment } from '../../src/core/figures/moment'
import { EventsOutOfOrder } from '../../src/core/history-errors'
import type { Policy } from '../../src/core/policy'
import { addressOf, BUYBACK, blocksOf, type Draft, POLICY, TREASURY } from '../support/history'
import { foldAll, foldOf, last } from './folding'

const [ALICE, BOB] = [addressOf(1), addressOf(2)]
const transfer = (from: Address, to: Address, value: bigint): Draft => ({ kind: 'transfer', from, to, value })
const _burn = (value: bigint, from = ALICE): Draft => ({ kind: 'burn', from, value })
const stake = (account: Address, amount: bigint): Draft => ({ kind: 'stake', account, amount })
const GENESIS_MINT = transfer(ZERO_ADDRESS, ALICE, 1_000n)
const breaksOf = (...drafts: (readonly Draft[])[]) =>
  foldOf(...drafts).invariantBreaks.map(({ invariant, blockNumber }) => [invariant, blockNumber])

describe('pitfalls of the source', () => {
  test('9 decimals: an average price says the same in whatever decimals both assets count', () => {
    const income: Draft = { kind: 'stableTransfer', from: ALICE, to: TREASURY, value: 10n ** 9n }
    const spent: Draft = { kind: 'stableTransfer', from: TREASURY, to: BUYBACK, value: 10n ** 9n }
    const blocks = blocksOf([
      [{ ...GENESIS_MINT, value: 10n ** 18n } as Draft, income, spent],
      [transfer(ALICE, BUYBACK, 10n ** 12n), transfer(BUYBACK, ZERO_ADDRESS, 10n ** 12n)],
    ])
    const prices = [
      { token: 18, stable: 6 },
      { token: 6, stable: 6 },
      { token: 9, stable: 8 },
    ].map((decimals) => {
      const policy = { ...POLICY, decimals: { ...decimals, reward: decimals.stable } }
      return FIGURES.buyback.averagePrice.value({ economy: last(foldAll(blocks, policy)), policy })
    })
    // $1,000 for 0.000001 tokens, $1,000 for 1,000,000, $10 for 1,000.
    expect(prices).toEqual([10n ** 27n, 10n ** 15n, 10n ** 16n])
  })

  test('1 double emission: a withdrawal that is said under two names stops with E2004, from either side', () => {
    const stakes = [GENESIS_MINT, stake(ALICE, 100n)]
    const under = (name: 'Unstaked' | 'Withdrawn'): Draft => ({
      kind: 'unstake',
      account: ALICE,
      amount: 40n,
      name,
    })
    for (const [first, second] of [
      ['Unstaked', 'Withdrawn'],
      ['Withdrawn', 'Unstaked'],
    ] as const) {
      expect(last(foldOf(stakes, [under(first)], [under(first)])).staked).toBe(20n)
      for (const story of [
        [stakes, [under(first), under(second)]],
        [stakes, [under(first)], [under(second)]],
      ]) {
        expect(() => foldOf(...story)).toThrow(
          expect.objectContaining({
            code: 'E2004',
            facts: expect.objectContaining({ known: first, name: second }),
          }),
        )
      }
    }
  })

  test('10 repeated and misplaced logs: they stop with E2003', () => {
    const [block] = blocksOf([[GENESIS_MINT, transfer(ALICE, BOB, 1n)]]) as [ReturnType<typeof blocksOf>[0]]
    const [first, second] = block.events as [(typeof block.events)[0], (typeof block.events)[0]]
    for (const blocks of [
      [{ ...block, events: [first, first] }],
      [{ ...block, events: [second, first] }],
      [block, block],
      [{ ...block, block: { ...block.block, number: 2 } }, block],
    ]) {
      expect(() => foldAll(blocks)).toThrow(EventsOutOfOrder)
      expect(() => foldAll(blocks)).toThrow(expect.objectContaining({ code: 'E2003' }))
    }
  })

  test('11 upgrades: a proxy’s installation is none, later code breaks contractsUnchanged', () => {
    const upgrade = (contract: 'token' | 'staking' | 'stable'): Draft => ({
      kind: 'upgrade',
      contract,
      implementation: BOB,
    })
    const installed = [upgrade('token'), upgrade('staking'), GENESIS_MINT, stake(ALICE, 1n)]
    const ledger = foldOf(installed)
    expect(ledger.upgrades).toMatchObject([{ contract: 'token' }, { contract: 'staking' }])
    expect(ledger.invariantBreaks).toEqual([])
    for (const contract of ['token', 'staking', 'stable'] as const) {
      expect(breaksOf(installed, [], [upgrade(contract)])).toEqual([['contractsUnchanged', 3]])
    }
    const reward: Draft = { kind: 'reward', account: ALICE, amount: 1n }
    expect(last(foldOf([reward], [upgrade('staking')])).upgradeCount).toBe(1)
    expect(last(foldOf([upgrade('stable')])).upgradeCount).toBe(1)
    // What a partial history left out may have been spoken.
    const policy = { ...POLICY, partial: { token: true, staking: false, stable: false } }
    const early = blocksOf([[upgrade('token'), upgrade('staking')]])
    expect(last(foldAll(early, policy)).upgradeCount).toBe(1)
  })

  test('13 missing values: over partial history they are null with a reason, and never 0', () => {
    const policy: Policy = { ...POLICY, partial: { token: true, staking: true, stable: true } }
    const moment: Moment = { economy: last(foldAll(blocksOf([[GENESIS_MINT]]), policy)), policy }
    const figures: readonly Figure<Moment>[] = [
      FIGURES.supply.genesisBlock,
      FIGURES.staking.stakingRatio,
      FIGURES.buyback.averagePrice,
      FIGURES.usage.creditsLow,
      FIGURES['policy.burn'].deviation,
    ]
    expect(figures.map((figure) => evaluate(figure, moment))).toEqual(
      figures.map(() => ({ unknown: 'HISTORY_PARTIAL' })),
    )
    expect(evaluate(FIGURES.price.price as Figure<Moment>, moment)).toEqual({ unknown: 'NO_PRICE' })
  })
})
