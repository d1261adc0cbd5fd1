import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type KeptStates, keepStates } from '../../src/read/kept-states'
import type { RunQuery } from '../../src/read/row'
import { inTransaction, openPool, type SeenState, TIME_LIMITS } from '../../src/read/transaction'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let watcher: Client
let pool: Pool
let version: number | undefined
let states: KeptStates

beforeAll(async () => {
  tables = await createTables()
  watcher = new Client({ connectionString: tables.url })
  await watcher.connect()
})
afterAll(async () => {
  await watcher.end()
  await tables.drop()
})
beforeEach(() => {
  pool = openPool(tables.url, () => undefined)
  version = 1
  states = keepStates(() => version)
})
afterEach(() => pool.end())

const answer = <T>(
  use: (query: RunQuery, state: SeenState) => Promise<T>,
  limits = TIME_LIMITS,
): Promise<T> => inTransaction(pool, use, limits, states)

/** When the transaction of an answer began: another one has another time. */
const begun = (): Promise<unknown> =>
  answer(async (query) => (await query('select now()::text as begun, clock_timestamp()'))[0]?.begun)

const OURS = "datname = current_database() and application_name = 'ashao-api'"
const sessions = async (): Promise<readonly unknown[]> =>
  (await watcher.query(`select state from pg_stat_activity where ${OURS}`)).rows

test('answers between two commits share a transaction, and what is known of its state', async () => {
  const first = await begun()
  const [one, other] = [await answer((_, state) => state()), await answer((_, state) => state())]
  expect(other).toBe(one)
  expect(await begun()).toBe(first)
  version = 2
  expect(await answer((_, state) => state())).not.toBe(one)
  expect(await begun()).not.toBe(first)
})

test('what was committed is seen as soon as it is heard of', async () => {
  await tables.run('create table counted (n int); insert into counted values (1)')
  const count = () => answer((query) => query('select n from counted'))
  expect(await count()).toEqual([{ n: 1 }])
  await tables.run('update counted set n = 2')
  expect(await count()).toEqual([{ n: 1 }])
  version = 2
  expect(await count()).toEqual([{ n: 2 }])
})

test('where commits may go unheard, each answer has a state of its own', async () => {
  version = undefined
  expect(await begun()).not.toBe(await begun())
})

test('a state is seen for a second at most, and nobody holds on to it who is not asked', async () => {
  const first = await begun()
  expect(await sessions()).toEqual([{ state: 'idle in transaction' }])
  await sleep(1_100)
  expect(await begun()).not.toBe(first)
  await expect.poll(sessions, { timeout: 5_000 }).toEqual([{ state: 'idle' }])
  expect(await begun()).not.toBe(first)
})

test('a statement that fails costs its own answer, and no other', async () => {
  const first = await begun()
  await expect(answer((query) => query('select 1 / 0'))).rejects.toMatchObject({ code: '22012' })
  expect(await begun()).not.toBe(first)
  expect(pool.totalCount).toBe(1)
})

test('an answer that was nearly out of time leaves its limit to nobody', async () => {
  const limited = await answer((query) => query('show statement_timeout'), {
    statement: 10_000,
    answer: 5_000,
  })
  expect(limited).not.toEqual([{ statement_timeout: '10s' }])
  expect(await answer((query) => query('show statement_timeout'))).toEqual([{ statement_timeout: '10s' }])
})

test('a connection that is cut while nobody uses it is replaced', async () => {
  const first = await begun()
  await watcher.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${OURS}`)
  await expect.poll(() => begun().catch(() => first)).not.toBe(first)
})
