import path from 'node:path'
import type { Client } from 'pg'
import { DataSource } from 'typeorm'
import { DatabaseForeign, DatabaseOfOtherVersion } from './errors'
import { INDEXER_LOCK } from './indexer-lock'

/** Where the SDK and the migrations find `lib/model` and `db/migrations`: the package's own folder. */
export const PROJECT_DIR = path.resolve(__dirname, '..', '..')

/**
 * Brings the schema up to date. Idempotent; two processes that start at once take turns by an advisory lock.
 * @param client an open connection to the same database, which holds the lock meanwhile
 * @returns how many migrations were applied
 * @throws DatabaseForeign (E4001) if the database belongs to another program; DatabaseOfOtherVersion (E4006) if to
 *   another version of this one.
 */
export async function migrate(client: Client, databaseUrl: string): Promise<number> {
  await client.query('SELECT pg_advisory_lock($1, 1)', [INDEXER_LOCK])
  try {
    await refuseForeignTables(client)
    const source = new DataSource({
      type: 'postgres',
      url: databaseUrl,
      migrations: [path.join(PROJECT_DIR, 'db', 'migrations', '*.js')],
      migrationsTableName: 'migrations',
    })
    await source.initialize()
    try {
      await refuseUnknownMigrations(client, source)
      const applied = await source.runMigrations({ transaction: 'all' })
      return applied.length
    } finally {
      await source.destroy()
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1, 1)', [INDEXER_LOCK])
  }
}

async function refuseForeignTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  )
  const tables = rows.map((row) => row.table_name)
  if (tables.length === 0 || (tables.includes('deployment') && tables.includes('migrations'))) return
  // TypeORM makes its own table before the transaction that makes ours: a crash in between leaves it alone.
  if (tables.join() === 'migrations' && (await isEmpty(client, 'migrations'))) return
  throw new DatabaseForeign({ database: client.database ?? 'database', tables })
}

/** A migration that this version does not know was applied by one that it cannot read the tables of. */
async function refuseUnknownMigrations(client: Client, source: DataSource): Promise<void> {
  const { rows: tables } = await client.query<{ known: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS known`,
  )
  if (tables[0]?.known !== true) return
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id')
  const known = new Set(source.migrations.map(({ name }) => name))
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new DatabaseOfOtherVersion({ database: client.database ?? 'database', migrations: unknown })
  }
}

async function isEmpty(client: Client, table: 'migrations'): Promise<boolean> {
  const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`)
  return rows.length === 0
}
