import { GENESIS } from './economy'
import type { Policy } from './policy'
import { intervalEnd, intervalStart, type SeriesInterval } from './series'
import { figuresAt, type Mark, type Span } from './window'

/** How an interval closed that has a snapshot: the last one in it. */
export interface Closing extends Mark {
  readonly blockNumber: number
}

/** One interval of a series; all times in unix seconds. */
export interface SeriesPoint {
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
  /** What changed: from its start, or the start of history, to its end, or the instant of the answer. */
  readonly span: Span
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
  const { interval, historyStart, instant } = bounds
  const byStart = new Map(closings.map((closing) => [intervalStart(interval, closing.timestamp), closing]))
  const points: SeriesPoint[] = []
  let latest = before
  for (let start = bounds.first; start <= bounds.last; start = intervalEnd(interval, start)) {
    const end = intervalEnd(interval, start)
    const own = byStart.get(start)
    const closing = own ?? latest
    // Before the history nothing is covered, so there is no point.
    if (closing === undefined) continue
    const opening = latest ?? { economy: GENESIS, timestamp: historyStart }
    const from = Math.max(start, historyStart)
    const isOpen = end > instant
    const to = isOpen ? instant : end
    points.push({
      start,
      end,
      isOpen,
      hasEvents: closing.economy.eventCount > opening.economy.eventCount,
      closingBlock: closing.blockNumber,
      closing,
      span: { policy, from, to, opening: figuresAt(opening, from), closing: figuresAt(closing, to) },
    })
    latest = closing
  }
  return points
}
