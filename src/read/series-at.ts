import type { Economy } from '../core/economy'
import { sqlColumn } from '../core/figures'
import type { Policy } from '../core/policy'
import { intervalEnd, intervalStart, type SeriesInterval } from '../core/series'
import {
  type Closing,
  type ClosingPoint,
  closingPoints,
  countIntervals,
  type SeriesBounds,
  type SeriesPoint,
  seriesPoints,
} from '../core/series-points'
import type { AsOf } from './as-of'
import { columnList } from './column-list'
import { economyOf, undecodedEconomy } from './economy-at'
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
const closingsOf = (columns: string): string => `
select ${columns} from (
  select distinct on (date_trunc($1, start at time zone 'UTC')) closing_block
  from bucket
  where "interval" = $2 and start >= to_timestamp($3) and start <= to_timestamp($4)
  order by date_trunc($1, start at time zone 'UTC') desc, start desc
) as closed
cross join lateral (
  select * from snapshot where block_number = least(closed.closing_block, $5) limit 1
) as snapshot
order by snapshot.block_number`

const beforeOf = (columns: string): string => `
select ${columns} from snapshot
where timestamp < to_timestamp($1) order by timestamp desc, block_number desc limit 1`

const WHOLE = columnList('Snapshot')
const OF_EACH_POINT: readonly (keyof Economy | 'blockNumber' | 'timestamp')[] = [
  'blockNumber',
  'timestamp',
  'eventCount',
]

/** What the points of a series are made of. */
interface Closings {
  readonly bounds: SeriesBounds
  readonly before: Closing | undefined
  readonly closings: readonly Closing[]
}

/**
 * A series up to the instant of an answer: every covered interval of the range, also those without events.
 * @throws RangeInvalid (E5024) where it would be empty by mistake, or too long
 */
export async function seriesAt(
  query: RunQuery,
  frame: Frame,
  asOf: AsOf,
  request: SeriesRequest,
  policy: Policy,
): Promise<readonly SeriesPoint[]> {
  const found = await read(query, frame, asOf, request, WHOLE, economyOf)
  return found === undefined ? [] : seriesPoints(found.bounds, found.before, found.closings, policy)
}

/**
 * How the intervals of the same series closed, with these figures alone.
 * @throws RangeInvalid (E5024) as above
 */
export async function closingsAt(
  query: RunQuery,
  frame: Frame,
  asOf: AsOf,
  request: SeriesRequest,
  figures: readonly (keyof Economy)[],
): Promise<readonly ClosingPoint[]> {
  const names = new Set([...OF_EACH_POINT, ...figures])
  const columns = [...names].map((name) => `snapshot.${sqlColumn(name)}`).join()
  const found = await read(query, frame, asOf, request, columns, undecodedEconomy)
  return found === undefined ? [] : closingPoints(found.bounds, found.before, found.closings)
}

async function read(
  query: RunQuery,
  { firstTimestamp }: Frame,
  asOf: AsOf,
  request: SeriesRequest,
  columns: string,
  decode: (row: Row) => Economy,
): Promise<Closings | undefined> {
  const { interval } = request
  const bounds = boundsOf(request, firstTimestamp, asOf.instant)
  if (bounds === undefined) return undefined
  const { first, last } = bounds
  const stored = interval === 'HOUR' ? 'HOUR' : 'DAY'
  const until = Math.min(intervalEnd(interval, last) - 1, asOf.snapshot.timestamp)
  const values = [interval.toLowerCase(), stored, first, until, asOf.snapshot.block]
  const closing = (row: Row): Closing => ({
    economy: decode(row),
    timestamp: seconds(row, 'timestamp'),
    blockNumber: whole(row, 'block_number'),
  })
  const rows = await query(closingsOf(columns), values)
  const [before] = await query(beforeOf(columns), [first], columns === WHOLE ? 'series-before' : undefined)
  return { bounds, before: before && closing(before), closings: rows.map(closing) }
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
