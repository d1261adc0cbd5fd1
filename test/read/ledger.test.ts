import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import type { AsOf } from '../../src/read/as-of'
import type { PageRequest } from '../../src/read/ledger-page'
import {
  burnLedger,
  type Entry,
  type Ledger,
  rewardLedger,
  stakeLedger,
  transferLedger,
  treasuryFlowLedger,
} from '../../src/read/ledgers'
import { openReads, type Reads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import {
  ALICE,
  account,
  BOB,
  ECONOMY,
  entryRow,
  fillSmallEconomy,
  HUGE,
  idOf,
  LATEST,
  TREASURY,
  timeOf,
} from '../support/small-economy'
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

const at = <T>(number: number, use: (reads: Reads, asOf: AsOf) => Promise<T>): Promise<T> =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(112) }).snapshot(async (reads) =>
    use(reads, await reads.resolve({ kind: 'number', number })),
  )
const ids = async (ledger: Ledger<Entry>, block: number, page: Partial<PageRequest> = {}) => {
  const request: PageRequest = {
    first: 100,
    after: undefined,
    direction: 'desc',
    account: undefined,
    ...page,
  }
  const rows = await at(block, (reads, asOf) => reads.ledger(ledger, asOf, request))
  return rows.map((row) => row.id)
}

test('every figure comes back exactly as it was stored, at the edge of uint256', async () => {
  const { economy, parentHash } = await at(112, (reads, asOf) => reads.economyAt(asOf))
  expect(economy).toEqual({ ...GENESIS, ...LATEST })
  expect(parentHash).toMatch(/109$/)
})

describe('an account', () => {
  const accountAt = (block: number, address: typeof ALICE) =>
    at(block, (reads, asOf) => reads.accountAt(asOf, address))

  test('has the balance after its last transfer on either side at or before the block', async () => {
    expect(await accountAt(104, ALICE)).toMatchObject({ balance: HUGE })
    expect(await accountAt(105, ALICE)).toMatchObject({ balance: HUGE - 5n })
    expect(await accountAt(112, ALICE)).toMatchObject({ balance: HUGE - 7n, staked: 0n, rewardsPaid: 0n })
    expect(await accountAt(104, BOB)).toMatchObject({ balance: 0n })
    expect(await accountAt(105, BOB)).toMatchObject({ balance: 5n, staked: 4n, rewardsPaid: 0n })
    expect(await accountAt(112, BOB)).toMatchObject({ balance: 5n, staked: 3n, rewardsPaid: 9n })
  })

  test('that no event has named has nothing', async () => {
    expect(await accountAt(112, account('c'))).toMatchObject({ balance: 0n, staked: 0n, rewardsPaid: 0n })
  })

  test('of a token that burns without a Transfer has the balance after its last burn', async () => {
    await tables.insert('burn', {
      ...entryRow(111, 0),
      burner: BOB,
      value: 1n,
      purpose: 'OTHER',
      evidence: 'BURN',
      burner_balance: 4n,
      cumulative_burn: 3n,
    })
    expect(await accountAt(110, BOB)).toMatchObject({ balance: 5n })
    expect(await accountAt(111, BOB)).toMatchObject({ balance: 4n })
    await tables.run('delete from burn where block_number = 111')
  })
})

describe('a ledger', () => {
  const all = [idOf(110, 3), idOf(105, 2), idOf(105, 1), idOf(100, 0)]

  test('comes newest first up to the block, or in chain order', async () => {
    expect(await ids(transferLedger, 112)).toEqual(all)
    expect(await ids(transferLedger, 109)).toEqual(all.slice(1))
    expect(await ids(transferLedger, 112, { direction: 'asc' })).toEqual([...all].reverse())
  })

  test.each(['asc', 'desc'] as const)('pages without repeating or missing a row: %s', async (direction) => {
    const seen: string[] = []
    for (;;) {
      const page = await ids(transferLedger, 112, { first: 1, after: seen.at(-1), direction })
      if (page.length === 0) break
      seen.push(...page)
    }
    expect(seen).toEqual(direction === 'desc' ? all : [...all].reverse())
  })

  test('is filtered by account on either side; a transfer to oneself comes once', async () => {
    expect(await ids(transferLedger, 112, { account: ALICE })).toEqual(all)
    expect(await ids(transferLedger, 112, { account: BOB })).toEqual([idOf(105, 1)])
    expect(await ids(transferLedger, 112, { account: ALICE, first: 2, after: all[0] })).toEqual(
      all.slice(1, 3),
    )
    expect(await ids(treasuryFlowLedger, 112, { account: TREASURY })).toEqual([idOf(105, 7)])
    expect(await ids(burnLedger, 112, { account: BOB })).toEqual([])
    expect(await ids(stakeLedger, 112, { account: BOB, direction: 'asc' })).toEqual([
      idOf(105, 4),
      idOf(110, 5),
    ])
    expect(await ids(rewardLedger, 112, { account: BOB })).toEqual([idOf(110, 6)])
  })

  test('refuses a page size or a cursor that is none', async () => {
    for (const first of [0, -1, 1001, 1.5]) {
      await expect(ids(transferLedger, 112, { first })).rejects.toMatchObject({
        code: 'E5021',
        kind: 'invalid',
      })
    }
    for (const after of ['', '1-2', "' or 1=1", '0000000100-0000000']) {
      await expect(ids(transferLedger, 112, { after })).rejects.toMatchObject({ code: 'E5020' })
    }
    expect(await ids(transferLedger, 112, { after: idOf(9_999_999_999, 999_999) })).toEqual(all)
  })
})
