import { Client } from 'pg'
import { redactUrl } from '../config/redact'
import { DatabaseUnreachable } from '../store/errors'

/** How long it may take until the database lets somebody in, and until it lets them go, in milliseconds. */
const CONNECT_PATIENCE = 15_000
const LEAVE_PATIENCE = 5_000
/** Silence on a connection after which it is asked whether there is still somebody, in milliseconds. */
const KEEP_ALIVE_AFTER = 30_000

export interface ConnectionLimits {
  /** How long it may take to be let in, in milliseconds. */
  readonly connect?: number
  /** How long a statement may take, in milliseconds; no limit if left out. */
  readonly statement?: number
}

/**
 * @param name what PostgreSQL shows of the connection in `pg_stat_activity`
 * @throws DatabaseUnreachable (E4004)
 */
export async function connectDatabase(
  url: string,
  name: string,
  { connect = CONNECT_PATIENCE, statement }: ConnectionLimits = {},
): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connect,
    query_timeout: statement,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
  })
  try {
    await client.connect()
  } catch (error) {
    throw new DatabaseUnreachable(databaseFacts(url, error))
  }
  return client
}

/** Says goodbye, and hangs up on a server that does not take notice. Never rejects. */
export async function closeDatabase(client: Client, patience = LEAVE_PATIENCE): Promise<void> {
  const timer = setTimeout(() => client.connection.stream.destroy(), patience)
  await client.end().catch(() => undefined)
  clearTimeout(timer)
}

export function databaseFacts(url: string, error: unknown): { database: string; reason: string } {
  return { database: redactUrl(url), reason: error instanceof Error ? error.message : String(error) }
}
