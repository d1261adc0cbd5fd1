import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EconomyFile } from '../../../src/config/economy-file'
import { formatUnits } from '../../../src/core/units'
import { accountingFile } from '../../../src/export/accounting/accounting-file'
import {
  BUYBACK,
  blocksOf,
  HOLDERS,
  history,
  INTERNAL,
  MARKET,
  POLICY,
  SECOND_TREASURY,
  STAKING,
  TREASURY,
} from '../../support/history'
import { hledgerBalances, runHledger } from '../../support/hledger'
import { ECONOMY, type FoldedSource, fileText, foldedSource } from './folded-source'

const [ALICE = '0x'] = HOLDERS
const GENESIS = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: MARKET, value: 10n ** 27n } as const
const pay = (from: `0x${string}`, to: `0x${string}`, value: bigint, tx = 0) =>
  ({ kind: 'stableTransfer', from, to, value, tx }) as const

async function journalOf(source: FoldedSource, fromBlock = 1, economy: EconomyFile = ECONOMY) {
  return fileText(accountingFile('hledger', source, source.range(fromBlock), { economy }))
}

/** Loads a journal as strictly as hledger can. */
async function expectSound(journal: string): Promise<void> {
  const { code, complaint } = await runHledger(journal, 'check', '--strict', 'ordereddates')
  expect(complaint).toBe('')
  expect(code).toBe(0)
}

/** An amount as hledger shows it: with all decimal places, and zero without a commodity. */
function shown(units: bigint, decimals: number, symbol: string): string {
  if (units === 0n) return '0'
  const [whole = '', fraction = ''] = formatUnits(units, decimals).split('.')
  return `${whole}.${fraction.padEnd(decimals, '0')} ${symbol}`
}
const usdc = (units: bigint) => shown(units, 6, 'USDC')
const ashao = (units: bigint) => shown(units, 18, 'ASHAO')

test('any history gives a journal that hledger accepts, with the figures of the ledger', async () => {
  let flows = 0
  await fc.assert(
    fc.asyncProperty(history, async (blocks) => {
      const source = foldedSource(blocks)
      const { text, rows } = await journalOf(source)
      await expectSound(text)
      const end = source.ledger.snapshots.at(-1)
      if (end === undefined) throw new RangeError('no snapshot')
      expect(await hledgerBalances(text, 'acct:^(income|expenses|equity:internal|memo:burn:burned)')).toEqual(
        {
          'income:revenue': usdc(-end.treasuryRevenue),
          'equity:internal': usdc(-end.treasuryInternalInflow),
          'expenses:buyback': usdc(end.treasuryOutflowBuyback),
          'expenses:rewards': usdc(end.treasuryOutflowRewards),
          'expenses:other': usdc(end.treasuryOutflowOther),
          'memo:burn:burned': ashao(end.burnedByBuyback),
        },
      )
      expect(await hledgerBalances(text, 'acct:^assets:treasury', '--depth', '2')).toEqual({
        'assets:treasury': usdc(end.treasuryBalance),
      })
      const { length } = source.ledger.treasuryFlows
      const burns = source.ledger.burns.filter(({ purpose }) => purpose === 'BUYBACK').length
      const trades = source.ledger.prices.filter((price) => price.source === 'BUYBACK').length
      expect(rows).toBe(length + burns + trades + 1)
      expect(text.match(/^\d{4}-/gm)).toHaveLength(rows)
      flows += length
    }),
    { numRuns: 8 },
  )
  expect(flows).toBeGreaterThan(0)
}, 60_000)

test('wherever it begins, it opens with what was there and closes with the same', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(14), async (blocks, offset) => {
      const source = foldedSource(blocks)
      const { toBlock } = source.range()
      const { text } = await journalOf(source, Math.min(1 + offset, toBlock))
      await expectSound(text)
      expect(await hledgerBalances(text, 'acct:^assets')).toEqual(
        await hledgerBalances((await journalOf(source)).text, 'acct:^assets'),
      )
    }),
    { numRuns: 6 },
  )
}, 60_000)

describe('a treasury of two wallets', () => {
  const source = foldedSource(
    blocksOf([
      [GENESIS],
      [pay(ALICE, TREASURY, 1_000_000_001n), pay(INTERNAL, SECOND_TREASURY, 7n)],
      [pay(TREASURY, SECOND_TREASURY, 5n), pay(TREASURY, BUYBACK, 300_000_000n)],
      [
        { kind: 'stableTransfer', from: BUYBACK, to: MARKET, value: 200_000_000n },
        { kind: 'transfer', from: MARKET, to: BUYBACK, value: 80n * 10n ** 18n },
        { kind: 'transfer', from: BUYBACK, to: `0x${'0'.repeat(40)}`, value: 40n * 10n ** 18n, tx: 1 },
      ],
      [pay(SECOND_TREASURY, STAKING, 2n), pay(TREASURY, ALICE, 0n)],
    ]),
  )

  test('gives these bytes', async () => {
    await expect((await journalOf(source)).text).toMatchFileSnapshot('golden/treasury.journal')
  })

  test('and from the midst of history these', async () => {
    await expect((await journalOf(source, 4)).text).toMatchFileSnapshot('golden/treasury-from-4.journal')
  })

  test('has the balance of each wallet, and beside the books what was bought back', async () => {
    const { text } = await journalOf(source)
    await expectSound(text)
    expect(await hledgerBalances(text)).toEqual({
      [`assets:treasury:${TREASURY}`]: '699.999996 USDC',
      [`assets:treasury:${SECOND_TREASURY}`]: '0.000010 USDC',
      'assets:treasury': '0',
      'equity:internal': '-0.000007 USDC',
      'expenses:buyback': '300.000000 USDC',
      'expenses:other': '0',
      'expenses:rewards': '0.000002 USDC',
      'income:revenue': '-1000.000001 USDC',
      'memo:burn:burned': '40.000000000000000000 ASHAO',
      'memo:burn:supply': '-40.000000000000000000 ASHAO',
      'memo:buyback:bought': '80.000000000000000000 ASHAO',
      'memo:buyback:paid': '-200.000000 USDC',
    })
    expect(Object.keys(await hledgerBalances(text, '--real', 'acct:^memo'))).toEqual([])
  })

  test.each([
    ['an amount', / 300 "USDC"/, ' 301 "USDC"'],
    ['a balance after a flow', /=\* 1000\.000001 "USDC"/, '=* 1000.000002 "USDC"'],
    ['a flow that is left out', /^\S+ \* \(3-1\).*?\n\n/ms, ''],
    ['what was burned', / 40 "ASHAO"\n/, ' 41 "ASHAO"\n'],
  ])('does not hold with %s that was changed', async (_, original, changed) => {
    const { text } = await journalOf(source)
    const other = text.replace(original, changed)
    expect(other).not.toBe(text)
    expect((await runHledger(other, 'check', '--strict')).code).not.toBe(0)
  })

  test('cannot open from the midst of history without the flows before it', async () => {
    const forgetful: FoldedSource = {
      ...source,
      rows: (dataset, range, options) =>
        source.rows(dataset, { ...range, fromBlock: Math.max(range.fromBlock, 4) }, options),
    }
    await expect(journalOf(forgetful, 4)).rejects.toMatchObject({
      code: 'E7073',
      facts: { block: 4, wallets: 0n, treasury: 700_000_008n },
    })
  })
})

describe('a treasury of one wallet', () => {
  const economy: EconomyFile = { ...ECONOMY, policy: { ...POLICY, treasury: new Set([TREASURY]) } }
  const blocks = blocksOf([[GENESIS], [pay(ALICE, TREASURY, 10n)], [pay(TREASURY, STAKING, 4n)], [GENESIS]])
  const source = foldedSource(blocks, economy)
  const wallet = { [`assets:treasury:${TREASURY}`]: '0.000006 USDC' }

  test.each([1, 2, 3, 4])('opens at block %i with what it had', async (fromBlock) => {
    const { text, rows } = await journalOf(source, fromBlock, economy)
    await expectSound(text)
    expect(await hledgerBalances(text, 'acct:treasury:')).toEqual(wallet)
    expect(rows).toBe({ 1: 3, 2: 3, 3: 3, 4: 2 }[fromBlock])
  })

  test('says what is missing of a history that is partial', async () => {
    const partial = { ...economy.policy, partial: { ...POLICY.partial, stable: true } }
    const { text } = await journalOf(source, 1, { ...economy, policy: partial })
    expect(text).toContain('; What came and went before block 1 is missing')
    await expectSound(text)
  })
})

describe('symbols', () => {
  const named = (token: string, stable: string): EconomyFile => {
    const { contracts } = ECONOMY
    return {
      ...ECONOMY,
      contracts: {
        ...contracts,
        token: { ...contracts.token, symbol: token },
        stable: { ...contracts.stable, symbol: stable },
      },
    }
  }
  const source = foldedSource(blocksOf([[GENESIS], [pay(ALICE, TREASURY, 1_500_000n)]]))

  test.each([
    ['ASHAO-2', 'USD₮0 (bridged)'],
    ['=cmd|1', '$'],
    ['1e5', 'a, b'],
  ])('such as %s and %s are quoted', async (token, stable) => {
    const { text } = await journalOf(source, 1, named(token, stable))
    await expectSound(text)
    const { 'income:revenue': revenue } = await hledgerBalances(text)
    expect(revenue).toContain('-1.500000')
    expect(revenue).toContain(stable)
  })

  test.each([
    ['A"B', 'USDC', 'token'],
    ['ASHAO', 'US;D', 'stable'],
    ['ASHAO', 'US\nD', 'stable'],
    ['USDC', 'USDC', 'token'],
  ])('%j and %j are refused', async (token, stable, contract) => {
    await expect(journalOf(source, 1, named(token, stable))).rejects.toMatchObject({
      code: 'E7072',
      facts: { contract },
    })
  })
})

test('a journal is not about an account', () => {
  const source = foldedSource(blocksOf([[GENESIS]]))
  expect(() =>
    accountingFile('hledger', source, source.range(), { economy: ECONOMY, account: ALICE }),
  ).toThrow(expect.objectContaining({ code: 'E7071' }))
})
