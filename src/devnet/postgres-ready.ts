import { stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { PostgresClusterUnusable, PostgresStartFailed, PostgresStartTimeout } from './postgres-errors'
import { tail } from './postgres-log'
import type { Place } from './postgres-place'
import type { Exit, Server } from './postgres-server'

/** Crash recovery replays what was written since the last checkpoint: usually seconds. */
const READY_MS = 60_000

/** Connection errors that mean "not yet": refused, reset while starting, and SQLSTATE 57P03. */
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])

/**
 * Waits until the server answers on its port; `logStart` is the log's size before it was started.
 * @throws PostgresStartFailed, PostgresStartTimeout, PostgresClusterUnusable (it refuses our password)
 */
export async function untilReady(
  server: Server,
  place: Place,
  url: string,
  logStart: number,
  onWait: (seconds: number) => void,
): Promise<void> {
  let exit: Exit | undefined
  void server.ended.then((how) => {
    exit = how
  })
  const started = Date.now()
  for (let told = 0; ; ) {
    if (await answers(url, place)) return
    const log = async () => (await tail(place.log, logStart, 4096)).trim().split('\n').slice(-10).join('\n')
    if (exit) {
      throw new PostgresStartFailed({ cluster: place.cluster, exit: describe(exit), log: await log() })
    }
    const waited = Date.now() - started
    if (waited > READY_MS) {
      throw new PostgresStartTimeout({ cluster: place.cluster, seconds: READY_MS / 1000, log: await log() })
    }
    if (waited - told > 5_000) {
      told = waited
      onWait(Math.round(waited / 1000))
    }
    await Promise.race([server.ended, delay(50)])
  }
}

/** Creates the database unless it exists. The name is ours, but is quoted as if it were not. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Bytes in the log so far, so that an error shows only what this start wrote. */
export const logSize = async (place: Place): Promise<number> =>
  (await stat(place.log).catch(() => undefined))?.size ?? 0

async function answers(url: string, place: Place): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_YET.has(String(error.code))) return false
    // pg reports its own timeout, and a connection cut in the middle, without a code.
    if (error instanceof Error && !('code' in error && error.code)) return false
    throw new PostgresClusterUnusable({ cluster: place.cluster, reason: String(error) })
  } finally {
    await client.end().catch(() => undefined)
  }
}

const describe = ([code, name]: Exit): string => (name ? `signal ${name}` : `exit code ${code}`)
