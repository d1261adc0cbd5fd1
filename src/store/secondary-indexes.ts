import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Client } from 'pg'
import { PROJECT_DIR } from './migrate'

/** An index beside the unique ones, as a migration makes it. */
interface SecondaryIndex {
  readonly name: string
  readonly statement: string
}

/** What sorting for an index may take, for one index at a time, and who helps; the server's own limits stay above it. */
const BUILD_SETTINGS = `SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL max_parallel_maintenance_workers = 2`

/**
 * Drops the secondary indexes of a database in which nothing is indexed yet, until `buildIndexes`: rows that come in
 * bulk are written in half the time without them, and building them at the end takes a tenth of that. Primary keys
 * and unique indexes stay, for they are checks; what a batch loads is found by primary keys.
 * @returns whether they are missing now
 */
export async function deferIndexes(client: Client): Promise<boolean> {
  return inTransaction(client, async () => {
    const { rows } = await client.query<{ pending: boolean; empty: boolean }>(
      `SELECT indexes_pending AS pending, NOT EXISTS (SELECT FROM head) AND NOT EXISTS (SELECT FROM snapshot) AS empty
       FROM deployment FOR UPDATE`,
    )
    const [deployment] = rows
    if (deployment === undefined || deployment.pending || !deployment.empty)
      return deployment?.pending ?? false
    for (const { name } of await secondaryIndexes()) await client.query(`DROP INDEX IF EXISTS "${name}"`)
    await client.query('UPDATE deployment SET indexes_pending = true')
    return true
  })
}

/**
 * Builds the secondary indexes that are missing, by the statements of the migrations, and notes that none is. Readers
 * go on meanwhile, writers wait. Cut off, it leaves what it has built; called again, it goes on, and does nothing
 * where nothing is missing.
 * @param onIndex told before each one that is built: how many are left with it
 * @param helpers connections that build others at the same time
 * @returns how many were built
 */
export async function buildIndexes(
  client: Client,
  onIndex: (name: string, left: number) => void = () => undefined,
  helpers: readonly Client[] = [],
): Promise<number> {
  if (!(await indexesPending(client))) return 0
  const missing = await missingIndexes(client)
  // One list for all of them: whoever is done takes the next.
  const queue = missing.entries()
  const build = async (builder: Client): Promise<void> => {
    for (const [done, { name, statement }] of queue) {
      onIndex(name, missing.length - done)
      await inTransaction(builder, async () => {
        await builder.query(BUILD_SETTINGS)
        await builder.query(statement)
      })
    }
  }
  await Promise.all([client, ...helpers].map(build))
  const lacking = await missingIndexes(client)
  if (lacking.length > 0) throw new TypeError(`indexes were built and are not there: ${lacking[0]?.name}`)
  await client.query('UPDATE deployment SET indexes_pending = false')
  return missing.length
}

/** Whether secondary indexes are still to be built. */
export async function indexesPending(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ pending: boolean }>(
    'SELECT indexes_pending AS pending FROM deployment',
  )
  return rows[0]?.pending ?? false
}

async function missingIndexes(client: Client): Promise<SecondaryIndex[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()',
  )
  const present = new Set(rows.map(({ name }) => name))
  return (await secondaryIndexes()).filter(({ name }) => !present.has(name))
}

/** Tables that few rows are ever written to by a batch, or none: their indexes cost nothing. */
const SMALL = new Set(['correction', 'coverage', 'reconciliation'])

/** The secondary indexes that all migrations leave: the last word on each name counts. */
async function secondaryIndexes(): Promise<SecondaryIndex[]> {
  const indexes = new Map<string, SecondaryIndex>()
  for (const statement of await migrationStatements()) {
    const [, made = '', table = ''] = /^CREATE INDEX "(\w+)" ON "(\w+)"/.exec(statement) ?? []
    const [, dropped = ''] = /^DROP INDEX (?:"\w+"\.)?"(\w+)"/.exec(statement) ?? []
    if (made !== '' && !SMALL.has(table)) indexes.set(made, { name: made, statement })
    indexes.delete(dropped)
  }
  return [...indexes.values()]
}

/** What a migration does, as TypeORM's generator writes it. */
type Migration = new () => { up(database: { query(statement: string): Promise<void> }): Promise<void> }

/** Every statement of the migrations, in their order: they are asked what they would do. */
async function migrationStatements(): Promise<string[]> {
  const directory = path.join(PROJECT_DIR, 'db', 'migrations')
  const statements: string[] = []
  const query = async (statement: string): Promise<void> => {
    statements.push(statement.trim())
  }
  for (const file of readdirSync(directory).sort()) {
    if (!file.endsWith('.js')) continue
    const { default: Migration } = (await import(path.join(directory, file))) as { default: Migration }
    await new Migration().up({ query })
  }
  return statements
}

async function inTransaction<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN')
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
