import { DatabaseError, Pool, type PoolClient } from 'pg'
import { EconomyError } from '../core/errors'
import { DatabaseUnavailable, QueryTooSlow, TablesMissing } from './errors'
import type { Row, RunQuery } from './row'

/** Milliseconds that one statement of an answer may take. */
export const STATEMENT_TIMEOUT = 10_000

/**
 * Opens the connections that answers read through. They are read-only, whatever role the URL names. Nothing is
 * connected yet; an unreachable database shows at the first read.
 * @param onIdleError told when PostgreSQL ends an idle connection; the pool replaces it by itself.
 */
export function openPool(url: string, onIdleError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'ashao-api',
    options: '-c default_transaction_read_only=on',
  })
  pool.on('error', onIdleError)
  return pool
}

/**
 * Gives `use` one repeatable-read transaction: all that it reads comes from one state of the database, whatever
 * is committed or reorganised meanwhile. The connection is taken at the first statement, so that an answer that
 * reads nothing needs no database. Statements run one after the other.
 * @throws DatabaseUnavailable (E5005), TablesMissing (E5001), QueryTooSlow (E5009) from the statements.
 */
export async function inTransaction<T>(pool: Pool, use: (query: RunQuery) => Promise<T>): Promise<T> {
  let client: PoolClient | undefined
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  const run = async (text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    if (closed) throw new Error('a statement was run after its answer was finished')
    client ??= await begin(pool)
    const connection = client
    return attempt(async () => (await connection.query<Row>(text, [...values])).rows)
  }
  const query: RunQuery = (text, values = []) => {
    const result = last.then(() => run(text, values))
    last = result.catch(() => undefined)
    return result
  }

  try {
    return await use(query)
  } finally {
    closed = true
    await last
    if (client !== undefined) await end(client)
  }
}

async function begin(pool: Pool): Promise<PoolClient> {
  let client: PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    throw new DatabaseUnavailable({ reason: reasonOf(error) })
  }
  // A connection that breaks between two statements emits an error that would end the process if unheard.
  client.on('error', ignore)
  try {
    await attempt(() =>
      client.query(
        `begin isolation level repeatable read read only; set local statement_timeout = ${STATEMENT_TIMEOUT}`,
      ),
    )
    return client
  } catch (error) {
    client.off('error', ignore)
    client.release(true)
    throw error
  }
}

async function end(client: PoolClient): Promise<void> {
  let broken = false
  try {
    await client.query('rollback')
  } catch {
    broken = true
  }
  client.off('error', ignore)
  client.release(broken)
}

function ignore(): void {}

async function attempt<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement()
  } catch (error) {
    throw translated(error)
  }
}

/** What a failed statement means. SQLSTATE classes: 08 connection, 53 resources, 57 operator, 40 conflict. */
function translated(error: unknown): unknown {
  if (error instanceof EconomyError) return error
  if (!(error instanceof DatabaseError)) return new DatabaseUnavailable({ reason: reasonOf(error) })
  const state = error.code ?? ''
  if (['42P01', '42703', '3F000'].includes(state)) return new TablesMissing()
  if (state === '57014') return new QueryTooSlow({ limitMilliseconds: STATEMENT_TIMEOUT })
  if (['08', '40', '53', '57'].includes(state.slice(0, 2))) return new DatabaseUnavailable({ reason: state })
  return error
}

/** A code or a fixed word: a message of the driver could name hosts, users and databases. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code !== '' ? code : 'connection lost'
}
