import { Client } from 'pg'
import { type FloorEvent, type FloorSource, fetchEvents, headOf } from './fetch-events'
import { addUp } from './sums'
import { copyRows, createTables } from './tables'

/** Blocks in one request, and requests at once: found by trying, for the simulator. */
const RANGE = 2_000
const LANES = 8

/**
 * Filtered logs, headers, COPY, sums at the end: the least that leads to the result. No checkpoint, no reorg, no
 * restart, and nothing that the node says is checked.
 */
export async function indexFloor(
  source: FloorSource,
  internal: readonly string[],
  databaseUrl: string,
): Promise<void> {
  const head = await headOf(source.url)
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  await createTables(database)

  const pages: Promise<FloorEvent[]>[] = []
  const events: FloorEvent[] = []
  let next = 0
  const fetchNext = (): void => {
    const from = next
    if (from > head) return
    next += RANGE
    pages.push(fetchEvents(source, from, Math.min(from + RANGE - 1, head)))
  }
  for (let lane = 0; lane < LANES; lane += 1) fetchNext()
  for (let page = pages.shift(); page !== undefined; page = pages.shift()) {
    const found = await page
    fetchNext()
    await copyRows(database, 'event', found)
    for (const event of found) events.push(event)
  }
  const sums = addUp(events, { treasury: new Set(source.treasury), internal: new Set(internal) })
  await copyRows(database, 'account', sums.accounts)
  await copyRows(database, 'daily', sums.days)
  await copyRows(database, 'totals', [sums.totals])
  await database.end()
}
