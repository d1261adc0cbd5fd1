import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillSmallEconomy, hashOf, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'

let tables: TestTables
let api: TestApi
beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  api = await createTestApi(tables.url)
})
afterAll(async () => {
  await api.close()
  await tables.drop()
})

const status = async (): Promise<unknown> => (await api.app.inject('/status')).json()

test('/status says when comparisons with the chain have stopped: three intervals after the last one', async () => {
  expect(await status()).toMatchObject({ reconciliation: null })
  const time = new Date(timeOf(112) * 1_000)
  await tables.run(
    `insert into reconciliation
       (id, block_number, block_hash, timestamp, checked_at, trigger, equal, different, gaps, checks, standing)
     values ('1', 112, $1, $2, $2, 'INTERVAL', 1, 0, 0, '[]', '[]')`,
    [hashOf(112), time],
  )
  // Every 600 seconds, says the test's API.
  api.now = timeOf(112) + 1_800
  expect(await status()).toMatchObject({ reconciliation: { block: 112, overdue: false } })
  api.now += 1
  expect(await status()).toMatchObject({ reconciliation: { block: 112, overdue: true } })
})
