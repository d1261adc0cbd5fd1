import { Client, type Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { meaningOf } from '../driver-error'
import type { Row, RunQuery } from '../row'

/** Bytes that are read ahead of whoever takes them; then the server waits. */
const READ_AHEAD = 256 * 1_024

// Times are text here, and whoever takes the rows sets the pace: it may be a browser on a telephone. Every row is wanted in the
// order of an index, so that walking it is always right; a planner that has no statistics yet, as after the first backfill,
// would rather sort millions of rows on disk.
const BEGIN = [
  'begin isolation level repeatable read read only',
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO'",
  'set local enable_sort = off',
  'set local enable_bitmapscan = off',
  'set local enable_hashjoin = off',
  'set local max_parallel_workers_per_gather = 0',
].join(';')

/** One connection in one transaction: everything that is read through it is of one state of the database. */
export interface ExportClient {
  readonly query: RunQuery
  /**
   * What a COPY … TO STDOUT writes, in pieces that end anywhere, no faster than they are taken. Whoever stops before the end
   * has closed the client: a COPY that goes on can be left in no other way.
   */
  copy(statement: string): AsyncIterable<Buffer>
  close(): Promise<void>
}

/**
 * Opens a connection to a pool's database, beside the pool: an export takes long, and what answers wait for is not kept from
 * them. The pool's own connections pipeline statements, which a COPY cannot share.
 * @throws DatabaseUnavailable (E5005)
 */
export async function openExportClient({ options }: Pool): Promise<ExportClient> {
  // The pool hides its password from enumeration.
  const client = new Client({ ...options, password: options.password, pipeline: false })
  // A connection that breaks between two statements emits an error that would end the process if unheard.
  client.on('error', ignore)
  let isBusy = false
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= client.end()
    return closing
  }
  const begin = (): void => {
    if (closing !== undefined) throw new TypeError('an export was read on after it was closed')
    if (isBusy) throw new TypeError('an export reads one thing at a time')
    isBusy = true
  }
  try {
    await client.connect()
    await client.query(BEGIN)
  } catch (error) {
    await close()
    throw failureOf(error)
  }
  return {
    close,
    async query(text, values = []) {
      begin()
      try {
        return (await client.query<Row>(text, [...values])).rows
      } catch (error) {
        throw failureOf(error)
      } finally {
        isBusy = false
      }
    },
    async *copy(statement) {
      begin()
      let isComplete = false
      try {
        const stream = client.query(copyTo(statement, { highWaterMark: READ_AHEAD }))
        // Said once more when the connection ends, to nobody by then.
        stream.on('error', ignore)
        for await (const chunk of stream) yield chunk as Buffer
        isComplete = true
      } catch (error) {
        throw failureOf(error)
      } finally {
        isBusy = false
        if (!isComplete) await close()
      }
    },
  }
}

function ignore(): void {}

/** What a failure means; a mistake of ours is one, not the driver's. */
function failureOf(error: unknown): unknown {
  return error instanceof TypeError ? error : meaningOf(error)
}
