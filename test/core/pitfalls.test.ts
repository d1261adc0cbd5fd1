import { describe, expect, test } from 'vitest'
import { type Address, ZERO_ADDRESS } from '../../src/core/address'
import { FIGURES } from '../../src/core/figures'
import { BurnModeMixed } from '../../src/core/history-errors'
import type { Policy } from '../../src/core/policy'
import {
  addressOf,
  BRIDGE,
  BUYBACK,
  blocksOf,
  DEAD,
  type Draft,
  GRANT,
  GRANT_BLOCK,
  POLICY,
  STAKING,
  VESTING,
} from '../support/history'
import { foldAll, foldOf, last, lastOneByOne } from './folding'

const [ALICE, BOB] = [addressOf(1), addressOf(2)]
const transfer = (from: Address, to: Address, value: bigint): Draft => ({ kind: 'transfer', from, to, value })
const burn = (value: bigint, from = ALICE): Draft => ({ kind: 'burn', from, value })
const stake = (account: Address, amount: bigint): Draft => ({ kind: 'stake', account, amount })
const GENESIS_MINT = transfer(ZERO_ADDRESS, ALICE, 1_000n)
const breaksOf = (...drafts: (readonly Draft[])[]) =>
  foldOf(...drafts).invariantBreaks.map(({ invariant, blockNumber }) => [invariant, blockNumber])

describe('pitfalls', () => {
  describe('burns', () => {
    test('1 double emission: a Burn beside its Transfer counts once, whichever comes first', () => {
      const pair = [burn(10n), transfer(ALICE, ZERO_ADDRESS, 10n)]
      for (const order of [pair, pair.toReversed()]) {
        const ledger = foldOf([GENESIS_MINT], order)
        expect(ledger.burns).toMatchObject([
          { value: 10n, evidence: 'TRANSFER_AND_BURN', burnerBalance: 990n },
        ])
        expect(last(ledger)).toMatchObject({ cumulativeBurn: 10n, totalSupply: 990n, burnMode: 'TRANSFER' })
      }
    })

    test('1 double emission: two equal burns in one transaction are two burns', () => {
      const one = transfer(ALICE, ZERO_ADDRESS, 10n)
      for (const events of [
        [burn(10n), one, burn(10n), one],
        [burn(10n), burn(10n), one, one],
        [one, one, burn(10n), burn(10n)],
      ]) {
        const ledger = foldOf([GENESIS_MINT], events)
        expect(ledger.burns.map(({ evidence }) => evidence)).toEqual([
          'TRANSFER_AND_BURN',
          'TRANSFER_AND_BURN',
        ])
        expect(last(ledger)).toMatchObject({ cumulativeBurn: 20n, totalSupply: 980n })
      }
    })

    test('1 double emission: of two equal Transfers and one Burn, the first is the one that it states', () => {
      const one = transfer(ALICE, ZERO_ADDRESS, 10n)
      const ledger = foldOf([GENESIS_MINT], [one, one, burn(10n)])
      expect(ledger.burns.map(({ evidence }) => evidence)).toEqual(['TRANSFER_AND_BURN', 'TRANSFER'])
    })

    test('1 double emission: a Burn beside a Transfer to a dead address destroys nothing', () => {
      const buried = [transfer(ALICE, DEAD, 10n), burn(10n)]
      const ledger = foldOf([GENESIS_MINT], buried, [transfer(ALICE, ZERO_ADDRESS, 5n)])
      expect(ledger.burns).toMatchObject([{ value: 5n }])
      expect(last(ledger)).toMatchObject({ totalSupply: 995n, deadBurn: 10n, outstandingSupply: 985n })
      // Two Burns for one such Transfer: the second is a burn of its own.
      expect(foldOf([GENESIS_MINT], [...buried, burn(10n)]).burns).toMatchObject([{ evidence: 'BURN' }])
    })

    test('2 burn without a Transfer: it destroys supply and balance', () => {
      const ledger = foldOf([GENESIS_MINT], [burn(7n)], [burn(1n)])
      expect(ledger.burns.map(({ burnerBalance }) => burnerBalance)).toEqual([993n, 992n])
      expect(last(ledger)).toMatchObject({ totalSupply: 992n, balanceSum: 992n, burnMode: 'BURN_EVENT' })
    })

    test('2 burn without a Transfer: a token that burns both ways stops with E2002, from either side', () => {
      const destroying = transfer(ALICE, ZERO_ADDRESS, 1n)
      for (const ways of [
        [burn(1n), destroying],
        [destroying, burn(1n)],
      ]) {
        const mixing = () => foldOf([GENESIS_MINT], ...ways.map((way) => [way]))
        expect(mixing).toThrow(BurnModeMixed)
        expect(mixing).toThrow(expect.objectContaining({ code: 'E2002' }))
      }
    })

    test('2 burn without a Transfer: of a token that burns so, a Burn beside a burial is a burn of its own', () => {
      const buried = [transfer(ALICE, DEAD, 100n), burn(100n)]
      const economy = last(foldOf([GENESIS_MINT], [burn(10n)], buried))
      expect(economy).toMatchObject({ destroyed: 110n, deadBurn: 100n, burnMode: 'BURN_EVENT' })
    })

    test('3 a transfer to the zero address that is no burn: it counts as one, for totalSupply() to judge', () => {
      // Nothing in a log tells a gas debit from a burn: reconciliation compares with the contract.
      const ledger = foldOf(
        [GENESIS_MINT],
        [transfer(BOB, ZERO_ADDRESS, 0n), transfer(ALICE, ZERO_ADDRESS, 3n)],
      )
      expect(ledger.burns).toMatchObject([{ value: 3n, evidence: 'TRANSFER' }])
    })

    test('7 bridges: what the burner or the caller of a bridge burns is no buyback and not gone for good', () => {
      const called: Draft = { ...transfer(ALICE, ZERO_ADDRESS, 2n), callers: [BOB, BRIDGE] } as Draft
      const ledger = foldOf(
        [GENESIS_MINT, transfer(ALICE, BRIDGE, 100n), transfer(ALICE, BUYBACK, 100n)],
        [transfer(BRIDGE, ZERO_ADDRESS, 1n), called, transfer(ALICE, ZERO_ADDRESS, 4n)],
        [{ ...transfer(BUYBACK, ZERO_ADDRESS, 8n), callers: [BRIDGE] } as Draft],
      )
      expect(ledger.burns.map(({ purpose }) => purpose)).toEqual(['BRIDGE', 'BRIDGE', 'OTHER', 'BUYBACK'])
      expect(last(ledger)).toMatchObject({ destroyed: 15n, burnedByBridge: 3n, cumulativeBurn: 12n })
    })
  })

  describe('supply', () => {
    test('4 dead addresses: totalSupply still counts them, what circulates does not', () => {
      const economy = last(foldOf([GENESIS_MINT], [transfer(ALICE, DEAD, 100n)]))
      expect(economy).toMatchObject({ totalSupply: 1_000n, cumulativeBurn: 0n, deadBurn: 100n })
      expect(economy).toMatchObject({ outstandingSupply: 900n, circulatingSupply: 900n })
    })

    test('4 dead addresses: a wallet is excluded from its block on, not before', () => {
      const quiet: Draft[][] = Array.from({ length: GRANT_BLOCK - 2 }, () => [])
      const { snapshots } = foldOf([GENESIS_MINT, transfer(ALICE, GRANT, 300n)], ...quiet, [])
      expect(snapshots.map(({ blockNumber, circulatingSupply }) => [blockNumber, circulatingSupply])).toEqual(
        [
          [1, 1_000n],
          [GRANT_BLOCK, 700n],
        ],
      )
    })

    test('5 subtracting twice: vesting that stakes into custody is taken off once', () => {
      const story = [
        [GENESIS_MINT, transfer(ALICE, VESTING, 400n)],
        [transfer(VESTING, STAKING, 300n), stake(VESTING, 300n)],
        [transfer(ALICE, BOB, 1n)],
      ]
      // Its 100 do not circulate; the 300 in custody do, and are staked.
      const figures = { circulatingSupply: 900n, excludedStake: 0n, liquidFloat: 600n }
      expect(last(foldOf(...story))).toMatchObject(figures)
      // Also in a batch in which the staking contract has no part.
      expect(lastOneByOne(...story)).toMatchObject(figures)
    })

    test('5 subtracting twice: an excluded staking contract holds its stakes already', () => {
      const policy: Policy = {
        ...POLICY,
        excluded: [{ address: STAKING, label: 'Staking', fromBlock: 0 }],
      }
      const blocks = blocksOf([[GENESIS_MINT], [transfer(ALICE, STAKING, 300n), stake(ALICE, 250n)]])
      const economy = last(foldAll(blocks, policy))
      expect(economy).toMatchObject({ circulatingSupply: 700n, excludedStake: 250n, liquidFloat: 700n })
    })

    test('5 subtracting twice: where staked tokens stay with their owner, an excluded owner counts once', () => {
      const policy: Policy = { ...POLICY, custody: false }
      const endOf = (...story: Draft[][]) => last(foldAll(blocksOf(story), policy))
      const economy = endOf(
        [GENESIS_MINT, transfer(ALICE, VESTING, 400n)],
        [stake(VESTING, 300n), stake(ALICE, 50n), transfer(BOB, STAKING, 0n)],
      )
      expect(economy).toMatchObject({ circulatingSupply: 600n, excludedStake: 300n, liquidFloat: 550n })
      // What it staked and then sent on is not in its wallet any more, so it was not taken off with it.
      const spent = [stake(VESTING, 300n), transfer(VESTING, BOB, 200n)]
      expect(endOf([GENESIS_MINT, transfer(ALICE, VESTING, 400n)], spent)).toMatchObject({
        circulatingSupply: 800n,
        excludedStake: 200n,
        liquidFloat: 700n,
      })
    })

    test('6 mint after burn: it breaks supplyNeverGrows at its block, and the genesis mints do not', () => {
      const genesis = [GENESIS_MINT, transfer(ZERO_ADDRESS, BOB, 5n)]
      const again = transfer(ZERO_ADDRESS, BOB, 1n)
      expect(breaksOf([], genesis, [transfer(ALICE, BOB, 1n)])).toEqual([])
      const ledger = foldOf([], genesis, [transfer(ALICE, ZERO_ADDRESS, 9n)], [again], [again])
      expect(ledger.invariantBreaks).toMatchObject([
        { invariant: 'supplyNeverGrows', blockNumber: 4, left: 1n, right: 0n },
      ])
      expect(last(ledger)).toMatchObject({ genesisBlock: 2, mintedAfterGenesis: 2n })
    })

    test('6 mint after burn: a flash mint inflates the gross burn and leaves netBurn as it was', () => {
      const flash = [transfer(ZERO_ADDRESS, BOB, 500n), transfer(BOB, ZERO_ADDRESS, 500n)]
      const economy = last(foldOf([GENESIS_MINT], [transfer(ALICE, ZERO_ADDRESS, 10n)], flash))
      const moment = { economy, policy: POLICY }
      expect(FIGURES.supply.destroyed.value(moment)).toBe(510n)
      expect(FIGURES.supply.netBurn.value(moment)).toBe(10n)
      expect(economy.totalSupply).toBe(990n)
    })

    test('7 bridges: what they bring back of what they took is no alarm, more of it is one', () => {
      const start = [GENESIS_MINT, transfer(ALICE, BRIDGE, 100n)]
      const took = [transfer(BRIDGE, ZERO_ADDRESS, 60n)]
      const back = (value: bigint): Draft =>
        ({ ...transfer(ZERO_ADDRESS, BOB, value), callers: [BOB, BRIDGE] }) as Draft
      expect(breaksOf(start, took, [back(40n)], [transfer(ZERO_ADDRESS, BRIDGE, 20n)])).toEqual([])
      expect(breaksOf(start, took, [back(40n)], [back(21n)])).toEqual([['supplyNeverGrows', 4]])
      expect(last(foldOf(start, took, [back(40n)]))).toMatchObject({
        mintedByBridge: 40n,
        mintedAfterGenesis: 0n,
      })
    })

    test('7 bridges: what they took before a partial history began is not held against them', () => {
      const policy: Policy = { ...POLICY, partial: { ...POLICY.partial, token: true } }
      const breaks = (...events: Draft[]) => foldAll(blocksOf([events]), policy).invariantBreaks
      expect(breaks(transfer(ZERO_ADDRESS, BRIDGE, 20n))).toEqual([])
      expect(breaks(transfer(ZERO_ADDRESS, BOB, 20n))).toMatchObject([{ invariant: 'supplyNeverGrows' }])
    })

    test('8 transfers that move nothing: to oneself or of zero, they make no holder and no account', () => {
      const ledger = foldOf([GENESIS_MINT], [transfer(ALICE, ALICE, 400n), transfer(BOB, BRIDGE, 0n)])
      expect(ledger.transfers[1]).toMatchObject({ fromBalance: 1_000n, toBalance: 1_000n })
      expect(last(ledger)).toMatchObject({ holders: 1, totalSupply: 1_000n, balanceSum: 1_000n })
      expect(ledger.accounts.map(({ address }) => address)).toEqual([ALICE])
      // Nor may a transfer to oneself pass through a balance that one never had.
      expect(foldOf([GENESIS_MINT], [transfer(BOB, BOB, 9n)]).accounts).toHaveLength(1)
    })
  })
})
