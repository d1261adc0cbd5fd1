import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { type Expected, TOTAL_NAMES } from '../simulator/expected'
import type { Contestant } from './contestant'

/** Rows that are read at once. */
const PAGE = 20_000

/**
 * Compares everything that a contestant stored with what is true, row by row.
 * @returns what differs, one sentence each; none if nothing does
 */
export async function differences(
  database: Client,
  queries: Contestant['queries'],
  expected: Expected,
): Promise<string[]> {
  const found: string[] = []
  const events = await digestEvents(database, queries.events)
  if (events.count !== expected.events) found.push(`${events.count} events instead of ${expected.events}`)
  if (events.digest !== expected.eventsDigest) found.push('an event differs')
  const accounts = await readLines(
    database,
    `select concat_ws('|', lower(address), balance, staked) line from (${queries.accounts}) accounts
     where balance <> 0 or staked <> 0`,
  )
  found.push(...compare('account', accounts.sort(), expected.accounts))
  const [totals = {}] = (await database.query<Record<string, unknown>>(queries.totals)).rows
  for (const name of TOTAL_NAMES) {
    const is = String(totals[name])
    if (is !== expected.totals[name]) found.push(`${name} is ${is} instead of ${expected.totals[name]}`)
  }
  const days = await readLines(
    database,
    `select concat_ws('|', day, events, transfers, volume, burned, staked, rewards, supply, treasury) line
     from (${queries.days}) days order by day::int`,
  )
  found.push(...compare('day', days, expected.days))
  return found
}

function compare(what: string, are: readonly string[], should: readonly string[]): string[] {
  if (are.length !== should.length) return [`${are.length} ${what}s instead of ${should.length}`]
  const index = are.findIndex((line, place) => line !== should[place])
  return index < 0 ? [] : [`one ${what} is ${are[index]} instead of ${should[index]}`]
}

async function readLines(database: Client, query: string): Promise<string[]> {
  return (await database.query<{ line: string }>(query)).rows.map(({ line }) => line)
}

/** Millions of events are read page by page. */
async function digestEvents(database: Client, query: string): Promise<{ count: number; digest: string }> {
  const digest = createHash('sha256')
  let count = 0
  await database.query('begin')
  await database.query(
    `declare events no scroll cursor for
     select concat_ws('|', block, time, log_index, lower(transaction), kind, lower(first), lower(coalesce(second, '')), value) line
     from (${query}) events order by block::int, log_index::int`,
  )
  for (;;) {
    const lines = await readLines(database, `fetch ${PAGE} from events`)
    if (lines.length === 0) break
    count += lines.length
    digest.update(lines.map((line) => `${line}\n`).join(''))
  }
  await database.query('rollback')
  return { count, digest: digest.digest('hex') }
}
