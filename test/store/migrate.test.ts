import { Client } from 'pg'
import { DataSource } from 'typeorm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate'
import { createTestDatabase } from '../support/postgres'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let client: Client
const clients: Client[] = []

beforeEach(async () => {
  database = await createTestDatabase()
  client = await connect()
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.end()))
  await database.drop()
})

async function connect(): Promise<Client> {
  const one = new Client({ connectionString: database.url })
  await one.connect()
  clients.push(one)
  return one
}

/** Every table, column and index outside PostgreSQL's own schemas. */
async function schemaOf(one: Client): Promise<string[]> {
  const { rows } = await one.query<{ line: string }>(
    `SELECT concat_ws(' ', table_schema, table_name, column_name, data_type, is_nullable) AS line
     FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
     ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

const TABLES = [
  'account',
  'bucket',
  'burn',
  'correction',
  'coverage',
  'deployment',
  'head',
  'invariant_break',
  'migrations',
  'price',
]
TABLES.push(
  'reconciliation',
  'reward',
  'snapshot',
  'source_status',
  'stake',
  'transfer',
  'treasury_flow',
  'upgrade',
)

async function tablesOf(one: Client): Promise<string[]> {
  const { rows } = await one.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  )
  return rows.map(({ name }) => name)
}

async function advisoryLocks(one: Client): Promise<number> {
  const { rows } = await one.query<{ count: string }>(
    `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  return Number(rows[0]?.count)
}

test('a fresh database gets every table, once', async () => {
  expect(await migrate(client, database.url)).toBeGreaterThan(0)
  expect(await tablesOf(client)).toEqual(TABLES)
  const schema = await schemaOf(client)
  expect(await migrate(client, database.url)).toBe(0)
  expect(await schemaOf(client)).toEqual(schema)
  expect(await advisoryLocks(client)).toBe(0)
})

test('rows survive a second migration', async () => {
  await migrate(client, database.url)
  await client.query(`INSERT INTO head VALUES ('head', 7, '0x07', now())`)
  await migrate(client, database.url)
  expect((await client.query('SELECT block_number FROM head')).rows).toEqual([{ block_number: 7 }])
})

test('two processes that start at once both find the schema ready, and each migration is applied once', async () => {
  const others = [await connect(), await connect()]
  const applied = await Promise.all([client, ...others].map((one) => migrate(one, database.url)))
  const [most = 0, ...rest] = applied.sort((a, b) => b - a)
  expect(rest).toEqual([0, 0])
  const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM migrations')
  expect(Number(rows[0]?.count)).toBe(most)
  expect(await advisoryLocks(client)).toBe(0)
})

test('a migration that was cut off before its first table is taken up again', async () => {
  // TypeORM notes its migrations in a table that it makes before the transaction that they run in.
  const source = new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: [],
    migrationsTableName: 'migrations',
  })
  await source.initialize()
  await source.runMigrations()
  await source.destroy()
  expect(await tablesOf(client)).toEqual(['migrations'])
  expect(await migrate(client, database.url)).toBeGreaterThan(0)
  expect(await tablesOf(client)).toEqual(TABLES)
})

describe('the database of another program', () => {
  test.each([
    ['one table', ['users'], 'users'],
    ['tables with names like ours', ['account', 'transfer'], 'account, transfer'],
    ['many tables', ['a', 'b', 'c', 'd'], 'a, b, c, …'],
  ])('with %s is refused by name, and nothing is created in it', async (_, tables, named) => {
    for (const table of tables) await client.query(`CREATE TABLE "${table}" (id int)`)
    const schema = await schemaOf(client)
    const error = await migrate(client, database.url).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'E4001', facts: { tables } })
    expect(String(error)).toContain(`(${named})`)
    expect(await schemaOf(client)).toEqual(schema)
    expect(await advisoryLocks(client)).toBe(0)
  })
})

test('the database of another version is refused by the migrations that are unknown here, and left as it is', async () => {
  await migrate(client, database.url)
  const before = await schemaOf(client)
  await client.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Data1')`)
  await expect(migrate(client, database.url)).rejects.toMatchObject({
    code: 'E4006',
    facts: { migrations: ['Data1'] },
  })
  expect(await schemaOf(client)).toEqual(before)
  expect(await advisoryLocks(client)).toBe(0)
})
