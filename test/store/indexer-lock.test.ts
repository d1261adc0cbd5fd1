import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeIndexerLock } from '../../src/store/indexer-lock'
import { migrate } from '../../src/store/migrate'
import { createTestDatabase } from '../support/postgres'

const databases: Awaited<ReturnType<typeof createTestDatabase>>[] = []
const clients: Client[] = []
let url: string

async function connect(to = url): Promise<Client> {
  const client = new Client({ connectionString: to })
  await client.connect()
  clients.push(client)
  return client
}

async function freshDatabase(): Promise<string> {
  const database = await createTestDatabase()
  databases.push(database)
  return database.url
}

beforeEach(async () => {
  url = await freshDatabase()
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(databases.splice(0).map((database) => database.drop()))
})

test('of two indexers on one database, the second is refused', async () => {
  await takeIndexerLock(await connect(), 0)
  const second = await connect()
  for (const patience of [0, 300]) {
    await expect(takeIndexerLock(second, patience)).rejects.toMatchObject({
      code: 'E4003',
      facts: { database: new URL(url).pathname.slice(1) },
    })
  }
})

test('the second waits for the first to end, and then has the lock to itself', async () => {
  const first = await connect()
  await takeIndexerLock(first, 0)
  const second = await connect()
  const waiting = takeIndexerLock(second, 30_000)
  await clients.splice(clients.indexOf(first), 1)[0]?.end()
  await waiting
  await expect(takeIndexerLock(await connect(), 0)).rejects.toMatchObject({ code: 'E4003' })
})

test('an indexer that was killed leaves no lock behind', async () => {
  const first = await connect()
  first.on('error', () => undefined)
  await takeIndexerLock(first, 0)
  const second = await connect()
  // Other tests have locks in their own databases of the same server.
  const { rows } = await second.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory'
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  for (const { pid } of rows) await second.query('SELECT pg_terminate_backend($1, 10000)', [pid])
  clients.splice(clients.indexOf(first), 1)
  await expect(takeIndexerLock(second, 0)).resolves.toBeUndefined()
})

test('another database has a lock of its own, and migrating needs another one', async () => {
  await takeIndexerLock(await connect(), 0)
  await expect(takeIndexerLock(await connect(await freshDatabase()), 0)).resolves.toBeUndefined()
  expect(await migrate(await connect(), url)).toBeGreaterThan(0)
})
