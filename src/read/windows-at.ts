import type { Economy } from '../core/economy'
import type { Known } from '../core/known'
import type { Policy } from '../core/policy'
import { type Mark, type Span, spanOf, type WindowName, windowStart } from '../core/window'
import type { AsOf } from './as-of'
import { economyOf } from './economy-at'
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

/**
 * Windows that end at the instant of an answer, with the figures at both of their ends.
 * @param economy the figures at the answer's block
 */
export async function windowsAt(
  query: RunQuery,
  economy: Economy,
  { firstTimestamp }: Frame,
  asOf: AsOf,
  names: readonly WindowName[],
  policy: Policy,
): Promise<readonly WindowAt[]> {
  const to = asOf.instant
  const closing: Mark = { economy, timestamp: asOf.snapshot.timestamp }
  const windows = names.map((name) => ({ name, from: windowStart(name, to, firstTimestamp), to }))
  const openings = new Map<number, Mark>()
  for (const row of await query(OPENINGS, [windows.map(({ from }) => from)])) {
    openings.set(Number(row.number) - 1, { economy: economyOf(row), timestamp: seconds(row, 'timestamp') })
  }
  return windows.map((window, index) => {
    const span = spanOf(window.name, window, openings.get(index), closing, policy)
    return { ...window, span }
  })
}
