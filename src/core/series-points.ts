import { GENESIS } from './economy'
import type { Policy } from './policy'
import { intervalEnd, intervalStart, type SeriesInterval } from './series'
import { figuresAt, type Mark, type Span } from './window'

/** How an interval closed that has a snapshot: the last one in it. */
export interface Closing extends Mark {
  readonly blockNumber: number
}

/** One interval of a series, and how it closed; all times in unix seconds. */
export interface ClosingPoint {
  readonly start: number
  /** When the next one starts. */
  readonly end: number
  /** Whether it goes on: more may happen in it. */
  readonly isOpen: boolean
  /** Whether any event is in it. */
  readonly hasEvents: boolean
  /** Block of the closing figures. */
  readonly closingBlock: number
  readonly closing: Mark
}

/** One interval of a series, how it closed, and what happened in it. */
export interface SeriesPoint extends ClosingPoint {
  /** What changed: from its start, or the start of history, to its end, or the instant of the answer. */
  readonly span: Span
}

interface CoveredPoint extends ClosingPoint {
  readonly opening: Mark
}

export interface SeriesBounds {
  readonly interval: SeriesInterval
  /** Start of the first interval. */
  readonly first: number
  /** Start of the last interval. */
  readonly last: number
  /** Time of the first snapshot there is. */
  readonly historyStart: number
  /** Where the series ends. */
  readonly instant: number
}

/** How many intervals there are between two starts, both included. */
export function countIntervals({
  interval,
  first,
  last,
}: Pick<SeriesBounds, 'interval' | 'first' | 'last'>): number {
  let count = 0
  for (let start = first; start <= last; start = intervalEnd(interval, start)) count += 1
  return count
}

/**
 * Every interval of a range, those in which nothing happened among them: there the figures stay as they were.
 * @param before the last snapshot before the first interval; undefined where the history begins in it
 * @param closings of the intervals that have snapshots, ascending, by the time of the snapshot
 */
export function seriesPoints(
  bounds: SeriesBounds,
  before: Closing | undefined,
  closings: readonly Closing[],
  policy: Policy,
): SeriesPoint[] {
  const { historyStart, instant } = bounds
  return closingPoints(bounds, before, closings).map(({ opening, ...point }) => {
    const from = Math.max(point.start, historyStart)
    const to = point.isOpen ? instant : point.end
    const span = {
      policy,
      from,
      to,
      opening: figuresAt(opening, from),
      closing: figuresAt(point.closing, to),
    }
    return { span, ...point }
  })
}

/** The same intervals, without what happened in them: for which of the figures of a snapshot no other than `eventCount` is looked at. */
export function closingPoints(
  bounds: SeriesBounds,
  before: Closing | undefined,
  closings: readonly Closing[],
): CoveredPoint[] {
  const { interval, historyStart, instant } = bounds
  const byStart = new Map(closings.map((closing) => [intervalStart(interval, closing.timestamp), closing]))
  const points: CoveredPoint[] = []
  let latest = before
  for (let start = bounds.first; start <= bounds.last; start = intervalEnd(interval, start)) {
    const end = intervalEnd(interval, start)
    const closing = byStart.get(start) ?? latest
    // Before the history nothing is covered, so there is no point.
    if (closing === undefined) continue
    const opening = latest ?? { economy: GENESIS, timestamp: historyStart }
    points.push({
      start,
      end,
      isOpen: end > instant,
      hasEvents: closing.economy.eventCount > opening.economy.eventCount,
      closingBlock: closing.blockNumber,
      closing,
      opening,
    })
    latest = closing
  }
  return points
}
