import type { SeriesInterval, WindowName } from '../generated'

const HOUR = 3_600
const DAY = 24 * HOUR

/** Seconds of the windows; all time has no length of its own. */
export const LENGTHS: Readonly<Record<WindowName, number>> = {
  h1: HOUR,
  d1: DAY,
  d7: 7 * DAY,
  d30: 30 * DAY,
  d365: 365 * DAY,
  all: Number.POSITIVE_INFINITY,
}

/** Seconds of a bucket; those of a month are its longest ones. */
export const BUCKET_LENGTHS: Readonly<Record<SeriesInterval, number>> = {
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
  month: 31 * DAY,
}

/** Pixels that a bucket needs to be told from its neighbour. */
const LEAST_PIXELS = 1.2

/** The last few days of all time are told by the hour, as a day is. */
const SHORT = 8 * DAY

/**
 * How long the buckets of a window are: as short as the pixels allow.
 * @param history seconds since the history began
 * @param width pixels of the narrowest chart
 */
export function grainOf(window: WindowName, history: number, width: number): SeriesInterval {
  const length = Math.min(LENGTHS[window], history)
  if (LENGTHS[window] <= 7 * DAY || length <= SHORT) return 'hour'
  const fitting = (['day', 'week'] as const).find(
    (grain) => (length / BUCKET_LENGTHS[grain]) * LEAST_PIXELS <= width,
  )
  return fitting ?? 'month'
}
