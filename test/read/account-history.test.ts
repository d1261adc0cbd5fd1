import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import type { AsOf } from '../../src/read/as-of'
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
  LATEST,
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
