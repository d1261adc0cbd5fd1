import type { Known } from '../core/known'
import type { Policy } from '../core/policy'
import { type Mark, type Span, spanOf, type WindowName, windowStart } from '../core/window'
import type { AsOf } from './as-of'
import { economyAt, economyOf } from './economy-at'
import type { Frame } from './frame'
import { type RunQuery, seconds } from './row'

/** A window of time that ends at the instant of an answer; `from` and `to` in unix seconds. */
export interface WindowAt {
  readonly name: WindowName
  readonly from: number
  readonly to: number
  /** Unknown where the history begins later than the window. */
  readonly span: Known<Span>
}

// One index lookup for each window, however long it is.
const OPENINGS = `
select asked.number, opening.* from unnest($1::bigint[]) with ordinality as asked(at, number)
cross join lateral (
  select * from snapshot where timestamp <= to_timestamp(asked.at)
  order by timestamp desc, block_number desc limit 1
) as opening`

/** Windows that end at the instant of an answer, with the figures at both of their ends. */
export async function windowsAt(
  query: RunQuery,
  { firstTimestamp }: Frame,
  asOf: AsOf,
  names: readonly WindowName[],
  policy: Policy,
): Promise<readonly WindowAt[]> {
  const to = asOf.instant
  const { economy } = await economyAt(query, asOf)
  const closing: Mark = { economy, timestamp: asOf.snapshot.timestamp }
  const starts = names.map((name) => windowStart(name, to, firstTimestamp))
  const openings = new Map<number, Mark>()
  for (const row of await query(OPENINGS, [starts])) {
    openings.set(Number(row.number) - 1, { economy: economyOf(row), timestamp: seconds(row, 'timestamp') })
  }
  return names.map((name, index) => {
    const from = windowStart(name, to, firstTimestamp)
    return { name, from, to, span: spanOf(name, { from, to }, openings.get(index), closing, policy) }
  })
}
