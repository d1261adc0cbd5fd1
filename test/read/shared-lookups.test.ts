import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openReads } from '../../src/read/reads'
import { MOST_CONNECTIONS, openPool } from '../../src/read/transaction'
import { ECONOMY, fillSmallEconomy, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let pool: Pool
let statements: string[]

beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  pool = openPool(tables.url, () => undefined)
  pool.on('connect', (client) => {
    const run = client.query.bind(client) as (...args: unknown[]) => unknown
    const query = (...args: [string | { readonly name?: string }, ...unknown[]]): unknown => {
      const [statement] = args
      statements.push(typeof statement === 'string' ? statement : String(statement.name))
      return run(...args)
    }
    Object.assign(client, { query })
  })
})
beforeEach(() => {
  statements = []
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

const storeOf = (version?: () => number) =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(112), ...(version && { version }) })

const figuresAt = (store: ReturnType<typeof storeOf>, number: number) =>
  store.snapshot(async (reads) => {
    const asOf = await reads.resolve({ kind: 'number', number })
    return { asOf, economy: await reads.economyAt(asOf) }
  })

const BLOCKS = Array.from({ length: 60 }, (_, index) => 95 + (index % 20))

test('figures at many blocks that are asked for at once are those that are asked for one by one', async () => {
  const alone: unknown[] = []
  for (const block of BLOCKS) alone.push(await figuresAt(storeOf(), block).catch((error: unknown) => error))
  const together = await Promise.all(
    BLOCKS.map((block) => figuresAt(storeOf(), block).catch((error: unknown) => error)),
  )
  expect(together).toEqual(alone)
  const store = storeOf()
  statements = []
  const shared = await Promise.all(
    BLOCKS.map((block) => figuresAt(store, block).catch((error: unknown) => error)),
  )
  expect(shared).toEqual(alone)
  expect(shared.filter((given) => given instanceof Error).length).toBeGreaterThan(0)
  // As many at once as there are connections.
  const rounds = Math.ceil(BLOCKS.length / MOST_CONNECTIONS)
  expect(statements.toSorted()).toEqual(
    ['begin isolation level repeatable read read only', 'frame-reference', 'rollback', 'snapshots'].flatMap(
      (statement) => Array.from({ length: rounds }, () => statement),
    ),
  )
})

test('until the next commit, who asks for one block costs one statement', async () => {
  const store = storeOf(() => 1)
  await figuresAt(store, 110)
  expect(statements).toEqual(['begin isolation level repeatable read read only', 'frame-whole'])
  statements = []
  await figuresAt(store, 108)
  await figuresAt(store, 111)
  expect(statements).toEqual(['snapshots', 'snapshots'])
})
