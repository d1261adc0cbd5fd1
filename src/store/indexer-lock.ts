import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { IndexerLockTaken } from './errors'

/** First key of our advisory locks: `asha` in ASCII. Second key 0 is the writer, 1 is a migration under way. */
export const INDEXER_LOCK = 0x61736861

/** How long a predecessor that was just killed may hold its lock, in milliseconds. */
const PATIENCE = 15_000

/**
 * Takes the lock that makes this connection the only writer, for as long as it is open.
 * @throws IndexerLockTaken (E4003) if another indexer keeps it.
 */
export async function takeIndexerLock(client: Client, patience = PATIENCE): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, 0) AS taken', [
      INDEXER_LOCK,
    ])
    if (rows[0]?.taken) return
    if (Date.now() >= deadline) throw new IndexerLockTaken({ database: client.database ?? 'database' })
    // PostgreSQL does not tell when a session lock is given up; asking again is all there is.
    await sleep(250)
  }
}
