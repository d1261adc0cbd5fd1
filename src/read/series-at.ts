import type { Policy } from '../core/policy'
import { intervalEnd, intervalStart, type SeriesInterval } from '../core/series'
import {
  type Closing,
  countIntervals,
  type SeriesBounds,
  type SeriesPoint,
  seriesPoints,
} from '../core/series-points'
import type { AsOf } from './as-of'
import { columnList } from './column-list'
import { economyOf } from './economy-at'
import { RangeInvalid } from './errors'
import type { Frame } from './frame'
import { isoOf } from './instant'
import { type Row, type RunQuery, seconds, whole } from './row'

/** Most intervals of one series. */
export const MOST_INTERVALS = 1000
/** Intervals of a series whose beginning is not named. */
const INTERVALS_BY_DEFAULT = 100

/** Which series is asked for; times in unix seconds. */
export interface SeriesRequest {
  readonly interval: SeriesInterval
  /** The first interval is the one that contains this time; undefined for the newest hundred. */
  readonly from: number | undefined
  /** The last interval is the one that contains this time; undefined for that of the answer's instant. */
  readonly to: number | undefined
}

// The stored bucket names its last snapshot; one that reaches beyond the answer's block is cut there. Weeks and
// months are made of days: of each, the last day with a snapshot. The limit makes each snapshot a lookup of its own:
// a plain join may read the whole table, as long as that is small.
const CLOSINGS = `
select snapshot.* from (
  select distinct on (date_trunc($1, start at time zone 'UTC')) closing_block
  from bucket
  where "interval" = $2 and start >= to_timestamp($3) and start <= to_timestamp($4)
  order by date_trunc($1, start at time zone 'UTC') desc, start desc
) as closed
cross join lateral (
  select * from snapshot where block_number = least(closed.closing_block, $5) limit 1
) as snapshot
order by snapshot.block_number`

const BEFORE = `
select ${columnList('Snapshot')} from snapshot
where timestamp < to_timestamp($1) order by timestamp desc, block_number desc limit 1`

/**
 * A series up to the instant of an answer: every covered interval of the range, also those without events.
 * @throws RangeInvalid (E5024) where it would be empty by mistake, or too long
 */
export async function seriesAt(
  query: RunQuery,
  { firstTimestamp }: Frame,
  asOf: AsOf,
  request: SeriesRequest,
  policy: Policy,
): Promise<readonly SeriesPoint[]> {
  const { interval } = request
  const bounds = boundsOf(request, firstTimestamp, asOf.instant)
  if (bounds === undefined) return []
  const { first, last } = bounds
  const stored = interval === 'HOUR' ? 'HOUR' : 'DAY'
  const until = Math.min(intervalEnd(interval, last) - 1, asOf.snapshot.timestamp)
  const rows = await query(CLOSINGS, [interval.toLowerCase(), stored, first, until, asOf.snapshot.block])
  const [before] = await query(BEFORE, [first], 'series-before')
  return seriesPoints(bounds, before && closingOf(before), rows.map(closingOf), policy)
}

/** @returns undefined where nothing of the range is covered */
function boundsOf(request: SeriesRequest, historyStart: number, instant: number): SeriesBounds | undefined {
  const { interval } = request
  const to = Math.min(request.to ?? instant, instant)
  const last = intervalStart(interval, to)
  const from = request.from ?? newestIntervals(interval, last)
  if (request.from !== undefined && request.to !== undefined && request.from > request.to) {
    const problem = `it begins at ${isoOf(request.from)} and ends before, at ${isoOf(request.to)}`
    throw new RangeInvalid({ problem, most: MOST_INTERVALS })
  }
  const first = intervalStart(interval, Math.max(from, historyStart))
  if (first > last) return undefined
  const bounds = { interval, first, last, historyStart, instant }
  const count = countIntervals(bounds)
  if (count > MOST_INTERVALS) {
    throw new RangeInvalid({ problem: `it has ${count} buckets`, most: MOST_INTERVALS })
  }
  return bounds
}

function newestIntervals(interval: SeriesInterval, last: number): number {
  let start = last
  for (let count = 1; count < INTERVALS_BY_DEFAULT; count += 1) start = intervalStart(interval, start - 1)
  return start
}

function closingOf(row: Row): Closing {
  return {
    economy: economyOf(row),
    timestamp: seconds(row, 'timestamp'),
    blockNumber: whole(row, 'block_number'),
  }
}
