/** Lengths of time for which a bucket is kept as events arrive; longer ones are made of days. */
export const BUCKET_INTERVALS = ['HOUR', 'DAY'] as const
export type BucketInterval = (typeof BUCKET_INTERVALS)[number]

/** Lengths of time that a series can have. Weeks begin on Monday (ISO 8601), all in UTC. */
export const SERIES_INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const
export type SeriesInterval = (typeof SERIES_INTERVALS)[number]

const HOUR = 3_600
const DAY = 86_400
const WEEK = 7 * DAY
/** 5 January 1970, the first Monday. */
const FIRST_MONDAY = 4 * DAY

/** When the interval that contains an instant began; both in unix seconds. */
export function intervalStart(interval: SeriesInterval, instant: number): number {
  switch (interval) {
    case 'HOUR':
      return instant - (instant % HOUR)
    case 'DAY':
      return instant - (instant % DAY)
    case 'WEEK': {
      const since = (((instant - FIRST_MONDAY) % WEEK) + WEEK) % WEEK
      return instant - since
    }
    case 'MONTH': {
      const date = new Date(instant * 1_000)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1_000
    }
  }
}

/** When the interval that begins at `start` ends, which is when the next one begins; in unix seconds. */
export function intervalEnd(interval: SeriesInterval, start: number): number {
  switch (interval) {
    case 'HOUR':
      return start + HOUR
    case 'DAY':
      return start + DAY
    case 'WEEK':
      return start + WEEK
    case 'MONTH': {
      const date = new Date(start * 1_000)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1_000
    }
  }
}
