import { intervalEnd, intervalStart, type SeriesInterval } from '../core/series'
import type { Closing } from '../core/series-points'

/** Intervals by their starts, both included, in unix seconds. */
export interface Intervals {
  readonly interval: SeriesInterval
  readonly first: number
  readonly last: number
}

/** How intervals closed that can no longer close otherwise. */
export interface FinalClosings {
  /**
   * How the intervals of a range closed, from its first one on, as far as they are final; what is not known yet is loaded.
   * @param until unix seconds up to which nothing can change any more
   * @param history names the tables: of others, nothing is known
   * @returns closings in order, and the start of the first interval that is not among them
   */
  upTo(range: Intervals, until: number, history: string, load: LoadClosings): Promise<Known>
  /**
   * The last snapshot before an instant, likewise.
   * @param load looks it up with every figure; there may be none
   */
  before(
    instant: number,
    until: number,
    history: string,
    load: () => Promise<Closing | undefined>,
  ): Promise<Closing | undefined>
}

/** Looks up how intervals closed that have snapshots, ascending, with every figure. */
export type LoadClosings = (range: Intervals) => Promise<readonly Closing[]>

interface Known {
  readonly closings: readonly Closing[]
  readonly rest: number
}

const DAY = 86_400

/** Seconds of the stretches that are kept as one: what is final of the newest one is looked up each time. */
const STRETCH: Readonly<Record<SeriesInterval, number>> = {
  HOUR: DAY,
  DAY: 16 * DAY,
  WEEK: 16 * 7 * DAY,
  MONTH: 16 * 30 * DAY,
}

/** Most closings that are kept, some 2 kB each: those of five years of days and of four months of hours. */
const MOST_CLOSINGS = 5_000

/** Keeps the closings that were asked for last. */
export function keepFinalClosings(): FinalClosings {
  const kept = new Map<string, readonly Closing[]>()
  let count = 0

  const remember = (key: string, closings: readonly Closing[]): void => {
    forget(key)
    kept.set(key, closings)
    count += closings.length + 1
    for (const [oldest] of kept) {
      if (count <= MOST_CLOSINGS) break
      forget(oldest)
    }
  }
  const forget = (key: string): void => {
    const closings = kept.get(key)
    if (closings === undefined || !kept.delete(key)) return
    count -= closings.length + 1
  }

  return {
    async upTo({ interval, first, last }, until, history, load) {
      // Held on to: what is kept may go while others are looked up, or remembered.
      const stretches = stretchesOf(interval, first, last, until).map((stretch) => {
        const key = `${history} ${interval} ${stretch.first}`
        return { stretch, key, known: kept.get(key) }
      })
      const missing = stretches.filter(({ known }) => known === undefined).map(({ stretch }) => stretch)
      const [oldest] = missing
      const newest = missing.at(-1)
      // At once, also what is known in between: mostly all of it is known, or nothing.
      const loaded =
        oldest && newest ? await load({ interval, first: oldest.first, last: newest.last }) : NO_CLOSINGS
      const found: Closing[] = []
      let rest = first
      for (const { stretch, key, known } of stretches) {
        const closings = known ?? within(loaded, stretch)
        // Those that were asked for last come last.
        remember(key, closings)
        found.push(...closings)
        rest = intervalEnd(interval, stretch.last)
      }
      return { closings: within(found, { interval, first, last }), rest }
    },
    async before(instant, until, history, load) {
      const key = `${history} before ${instant}`
      const known = kept.get(key)
      if (known !== undefined) return known[0]
      const closing = await load()
      if (instant <= until) remember(key, closing === undefined ? NO_CLOSINGS : [closing])
      return closing
    },
  }
}

const NO_CLOSINGS: readonly Closing[] = []

function within(closings: readonly Closing[], { interval, first, last }: Intervals): readonly Closing[] {
  const end = intervalEnd(interval, last)
  return closings.filter(({ timestamp }) => timestamp >= first && timestamp < end)
}

/** The stretches that intervals are in, as far as they are final as a whole. */
function stretchesOf(interval: SeriesInterval, first: number, last: number, until: number): Intervals[] {
  const stretches: Intervals[] = []
  for (let start = first; start <= last; ) {
    const stretch = stretchAt(interval, start)
    start = intervalEnd(interval, stretch.last)
    if (start > until) break
    stretches.push(stretch)
  }
  return stretches
}

/** The stretch that an interval is in: all those that begin in it. */
function stretchAt(interval: SeriesInterval, start: number): Intervals {
  const length = STRETCH[interval]
  const begin = start - (start % length)
  const first = intervalStart(interval, begin)
  return {
    interval,
    first: first < begin ? intervalEnd(interval, first) : first,
    last: intervalStart(interval, begin + length - 1),
  }
}
