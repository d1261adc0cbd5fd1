import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Refusal } from '../../src/read/errors'
import { openReads, type Reads } from '../../src/read/reads'
import { unreadiness } from '../../src/read/store-status'
import { openPool } from '../../src/read/transaction'
import { ALICE, ECONOMY, fillSmallEconomy, HUGE, hashOf, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let pool: Pool

beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  pool = openPool(tables.url, () => undefined)
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})
beforeEach(() => tables.run('truncate reconciliation'))

const read = <T>(use: (reads: Reads) => Promise<T>): Promise<T> =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(112) }).snapshot(use)
const page = (first: number, after?: string) =>
  read((reads) => reads.reconciliations({ first, after })).then((rows) => rows.map(({ id }) => id))
const reasons = (): Promise<Refusal[]> =>
  read(async (reads) => unreadiness(await reads.status(), ECONOMY, reads.freshness))

const id = (instant: number): string => String(instant).padStart(13, '0')
const SUPPLY = { figure: 'totalSupply', derived: '100', onChain: '100', result: 'EQUAL' }
const MORE = { ...SUPPLY, onChain: String(HUGE), result: 'DIFFERENT' }
const BALANCE = { figure: 'account.balance', account: ALICE, derived: '7', onChain: '6', result: 'DIFFERENT' }
const GAP = { figure: 'staked', derived: '3', result: 'GAP', reason: 'missing trie node' }

/** What stands, as the column holds it. */
const standingOf = (check: object, block = 112) => {
  const { result, ...stands } = { account: null, result: '', ...check }
  return { ...stands, blockNumber: block, blockHash: hashOf(block) }
}

async function store(
  instant: number,
  checks: readonly { result: string }[],
  standing: readonly unknown[] = [],
): Promise<void> {
  const count = (wanted: string) => checks.filter(({ result }) => result === wanted).length
  await tables.insert('reconciliation', {
    id: id(instant),
    block_number: 112,
    block_hash: hashOf(112),
    timestamp: new Date(timeOf(112) * 1_000),
    checked_at: new Date(instant),
    trigger: 'ON_DEMAND',
    equal: count('EQUAL'),
    different: count('DIFFERENT'),
    gaps: count('GAP'),
    checks: JSON.stringify(checks),
    standing: JSON.stringify(standing),
  })
}

test('every value comes back as it was stored, at the edge of uint256', async () => {
  await store(1_795_000_000_123, [SUPPLY, MORE, BALANCE, GAP], [standingOf(BALANCE, 110), standingOf(MORE)])
  const [row] = await read((reads) => reads.reconciliations({ first: 1, after: undefined }))
  expect(row).toEqual({
    id: '1795000000123',
    block: 112,
    hash: hashOf(112),
    timestamp: timeOf(112),
    checkedAt: 1_795_000_000,
    trigger: 'ON_DEMAND',
    equal: 1,
    different: 2,
    gaps: 1,
    checks: [
      { ...SUPPLY, account: null, derived: 100n, onChain: 100n, reason: null },
      { ...MORE, account: null, derived: 100n, onChain: HUGE, reason: null },
      { ...BALANCE, derived: 7n, onChain: 6n, reason: null },
      { ...GAP, account: null, derived: 3n, onChain: null },
    ],
    standing: [
      {
        figure: 'account.balance',
        account: ALICE,
        derived: 7n,
        onChain: 6n,
        block: 110,
        hash: hashOf(110),
      },
      {
        figure: 'totalSupply',
        account: null,
        derived: 100n,
        onChain: HUGE,
        block: 112,
        hash: hashOf(112),
      },
    ],
  })
})

test('pages go from the newest to the oldest, and one that comes in between neither repeats nor hides any', async () => {
  for (const instant of [1, 2, 3, 4]) await store(instant, [SUPPLY])
  expect(await page(2)).toEqual([id(4), id(3)])
  await store(5, [SUPPLY])
  expect(await page(2, id(3))).toEqual([id(2), id(1)])
  expect(await page(100, id(1))).toEqual([])
})

test.each([
  [0, undefined, 'E5021'],
  [101, undefined, 'E5021'],
  [1.5, undefined, 'E5021'],
  [1, '1', 'E5020'],
  [1, 'x'.repeat(13), 'E5020'],
])('a page of %s rows after %s is refused', async (first, after, code) => {
  await expect(page(first, after)).rejects.toMatchObject({ code })
})

test('another economy than the configured one is not read', async () => {
  await store(1, [SUPPLY])
  const other = { ...ECONOMY, chain: { ...ECONOMY.chain, id: 1 } }
  const reads = openReads(pool, other, { maxLagSeconds: 60, now: () => timeOf(112) })
  await expect(
    reads.snapshot((each) => each.reconciliations({ first: 1, after: undefined })),
  ).rejects.toMatchObject({ code: 'E5004' })
})

describe('a row that is not what it should be is no answer', () => {
  test.each<[string, unknown]>([
    ['a number where an amount is', { ...SUPPLY, derived: 100 }],
    ['an amount that is none', { ...SUPPLY, onChain: 'many' }],
    ['a result that there is not', { ...SUPPLY, result: 'FINE' }],
    ['a gap without a reason', { ...GAP, reason: null }],
    ['a gap with a value', { ...GAP, onChain: '3' }],
    ['a difference without a value', { ...MORE, onChain: null }],
    ['an account that is no address', { ...BALANCE, account: 'alice' }],
    ['no figure', { ...SUPPLY, figure: null }],
    ['no object', 'EQUAL'],
  ])('%s', async (_, check) => {
    await store(1, [check as { result: string }])
    await expect(page(1)).rejects.toThrow()
  })

  test.each<[string, unknown]>([
    ['a value that is none', standingOf({ ...BALANCE, onChain: null })],
    ['no block', { ...standingOf(BALANCE), blockNumber: null }],
    ['an account that is no address', standingOf({ ...BALANCE, account: 'alice' })],
    ['no object', null],
  ])('a difference with %s', async (_, difference) => {
    await store(1, [SUPPLY], [difference])
    await expect(page(1)).rejects.toThrow()
    await expect(reasons()).rejects.toThrow()
  })
})

describe('whether the store is ready', () => {
  test('does not depend on a comparison that was never made', async () => {
    expect(await reasons()).toEqual([])
    expect((await read((reads) => reads.status())).reconciliation).toBe(null)
  })

  test('a difference refuses it, with the figures, both values and the blocks', async () => {
    await store(1, [SUPPLY])
    await store(2_000, [MORE, GAP], [standingOf(MORE), standingOf(BALANCE, 110)])
    const [reason, ...others] = await reasons()
    expect(others).toEqual([])
    expect(reason).toMatchObject({
      code: 'E5011',
      kind: 'unavailable',
      message:
        `Different from the chain: totalSupply is derived as 100, but the contract says ${HUGE}, at block 112 ` +
        `(${hashOf(112)}); account.balance of ${ALICE} is derived as 7, but the contract says 6, at block 110 ` +
        `(${hashOf(110)}).`,
    })
    const [supply, balance] = [
      { figure: 'totalSupply', account: null, derived: '100', onChain: String(HUGE) },
      { figure: 'account.balance', account: ALICE, derived: '7', onChain: '6' },
    ]
    expect(reason?.facts).toEqual({
      checkedAt: '1970-01-01T00:00:02Z',
      differs: [
        { ...supply, block: 112, hash: hashOf(112) },
        { ...balance, block: 110, hash: hashOf(110) },
      ],
    })
  })

  test('of many differences the first three are told, and all of them are facts', async () => {
    await store(
      1,
      [MORE],
      [MORE, BALANCE, MORE, BALANCE, BALANCE].map((check) => standingOf(check)),
    )
    const [reason] = await reasons()
    expect(reason?.message).toMatch(/; and 2 more differ\.$/)
    expect(reason?.facts.differs).toHaveLength(5)
  })

  test('what stands keeps it red, whatever else the latest comparison says; nothing that stands, green', async () => {
    await store(1, [MORE, GAP], [standingOf(MORE)])
    await store(2, [GAP], [standingOf(MORE)])
    expect((await reasons()).map(({ code }) => code)).toEqual(['E5011'])
    await store(3, [GAP, { ...BALANCE, result: 'EQUAL' }], [standingOf(MORE)])
    expect((await reasons()).map(({ code }) => code)).toEqual(['E5011'])
    await store(4, [SUPPLY, GAP])
    expect(await reasons()).toEqual([])
  })

  test('gaps alone refuse nothing: there is no word against the figures', async () => {
    await store(1, [GAP])
    expect(await reasons()).toEqual([])
  })
})
