import type { Client } from 'pg'
import { expect, vi } from 'vitest'

/**
 * Waits until the newest indexed block is this one, by hash.
 * @param output what the indexer printed, for whoever looks into why it did not get there
 */
export async function reachesHead(
  database: Client,
  head: { readonly number: number; readonly hash: string },
  output: () => string,
): Promise<number> {
  const indexed = async (): Promise<string | undefined> => {
    // The table is not there before the first migration.
    const { rows } = await database
      .query<{ hash: string }>('SELECT hash FROM head')
      .catch(() => ({ rows: [] as { hash: string }[] }))
    return rows[0]?.hash
  }
  const isReached = async (): Promise<void> => expect(await indexed()).toBe(head.hash)
  await vi.waitFor(isReached, { timeout: 60_000, interval: 100 }).catch((error: Error) => {
    error.message += `\nwhat was printed last:\n${output().slice(-3_000)}`
    throw error
  })
  return head.number
}
