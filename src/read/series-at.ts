import type { Economy } from '../core/economy'
import { sqlColumn } from '../core/figures'
import { isoOf } from '../core/iso-time'
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
import type { FinalClosings, Intervals } from './final-closings'
import type { Frame } from './frame'
import { type Row, type RunQuery, seconds, whole } from './row'
import type { SeenState } from './transaction'

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

const WHOLE = columnList('Snapshot')

const BEFORE = `
select ${WHOLE} from snapshot
where timestamp < to_timestamp($1) order by timestamp desc, block_number desc limit 1`

const NEWEST_FINAL = `
select timestamp from snapshot where block_number <= $1 order by block_number desc limit 1`

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

/** What a series is looked up with. */
export interface SeriesReads {
  readonly query: RunQuery
  readonly state: SeenState
  readonly frame: Frame
  readonly finalClosings: FinalClosings
}

/**
 * A series up to the instant of an answer: every covered interval of the range, also those without events.
 * @throws RangeInvalid (E5024) where it would be empty by mistake, or too long
 */
export async function seriesAt(
  reads: SeriesReads,
  asOf: AsOf,
  request: SeriesRequest,
  policy: Policy,
): Promise<readonly SeriesPoint[]> {
  const found = await read(reads, asOf, request, WHOLE, economyOf)
  return found === undefined ? [] : seriesPoints(found.bounds, found.before, found.closings, policy)
}

/**
 * How the intervals of the same series closed, with these figures alone.
 * @throws RangeInvalid (E5024) as above
 */
export async function closingsAt(
  reads: SeriesReads,
  asOf: AsOf,
  request: SeriesRequest,
  figures: readonly (keyof Economy)[],
): Promise<readonly ClosingPoint[]> {
  const names = new Set([...OF_EACH_POINT, ...figures])
  const columns = [...names].map((name) => `snapshot.${sqlColumn(name)}`).join()
  const found = await read(reads, asOf, request, columns, undecodedEconomy)
  return found === undefined ? [] : closingPoints(found.bounds, found.before, found.closings)
}

async function read(
  reads: SeriesReads,
  asOf: AsOf,
  request: SeriesRequest,
  columns: string,
  decode: Decode,
): Promise<Closings | undefined> {
  const { query, frame } = reads
  const bounds = boundsOf(request, frame.firstTimestamp, asOf.instant)
  if (bounds === undefined) return undefined
  const { interval, first, last } = bounds
  const { timestamp, block } = asOf.snapshot
  const until = Math.min(await finalUntil(reads), timestamp)
  const whole = (range: Intervals) => closingsIn(query, range, timestamp, block, WHOLE, economyOf)
  const { history } = frame
  const { closings, rest } = await reads.finalClosings.upTo(bounds, until, history, whole)
  const others =
    rest > last
      ? []
      : await closingsIn(query, { interval, first: rest, last }, timestamp, block, columns, decode)
  const before = await reads.finalClosings.before(first, until, history, () => closingBefore(query, first))
  return { bounds, before, closings: [...closings, ...others] }
}

type Decode = (row: Row) => Economy

/** How intervals closed that have snapshots, up to the snapshot of the answer. */
async function closingsIn(
  query: RunQuery,
  { interval, first, last }: Intervals,
  timestamp: number,
  block: number,
  columns: string,
  decode: Decode,
): Promise<readonly Closing[]> {
  const stored = interval === 'HOUR' ? 'HOUR' : 'DAY'
  const until = Math.min(intervalEnd(interval, last) - 1, timestamp)
  const rows = await query(closingsOf(columns), [interval.toLowerCase(), stored, first, until, block])
  return rows.map((row) => closingOf(row, decode))
}

async function closingBefore(query: RunQuery, instant: number): Promise<Closing | undefined> {
  const [row] = await query(BEFORE, [instant], 'series-before')
  return row && closingOf(row, economyOf)
}

function closingOf(row: Row, decode: Decode): Closing {
  return {
    economy: decode(row),
    timestamp: seconds(row, 'timestamp'),
    blockNumber: whole(row, 'block_number'),
  }
}

/** The time up to which nothing can change any more: that of the newest final snapshot; 0 where none is. */
async function finalUntil({ query, state, frame }: SeriesReads): Promise<number> {
  const seen = await state()
  if (seen.finalUntil === undefined) {
    const [row] = await query(NEWEST_FINAL, [frame.finalizedBlock], 'newest-final')
    seen.finalUntil = row === undefined ? 0 : seconds(row, 'timestamp')
  }
  return seen.finalUntil
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
