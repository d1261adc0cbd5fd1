/** Seconds between two blocks of the seeded history. */
export const HOUR_SECONDS = 3_600

/** Seconds between two blocks of the set-up, before the first hour of the economy. */
const SETUP_BLOCK_SECONDS = 12

/** Set-up has this long before the first hourly block; block 0 stands at its beginning. */
const SETUP_SECONDS = HOUR_SECONDS

export interface Schedule {
  readonly genesisTimestamp: number
  /** Number of hourly blocks; the last of them is at the end timestamp. */
  readonly hours: number
  /** Unix seconds of a set-up block, by its number. */
  setupTimestamp(block: number): number
  /** Unix seconds of an hourly block, from 0 to `hours` − 1. */
  hourTimestamp(hour: number): number
}

export function createSchedule(days: number, endTimestamp: number): Schedule {
  const hours = Math.max(24, Math.round(days * 24))
  const firstHour = endTimestamp - (hours - 1) * HOUR_SECONDS
  const genesisTimestamp = firstHour - SETUP_SECONDS
  return {
    genesisTimestamp,
    hours,
    setupTimestamp: (block) => genesisTimestamp + block * SETUP_BLOCK_SECONDS,
    hourTimestamp: (hour) => firstHour + hour * HOUR_SECONDS,
  }
}

/**
 * Demand relative to the long-run mean: it grows over the history, rests at weekends and at night (UTC).
 * @param progress place in the history, 0 to 1
 */
export function demandAt(timestamp: number, progress: number): number {
  const hour = (timestamp / HOUR_SECONDS) % 24
  const day = Math.floor(timestamp / 86_400) % 7
  const growth = 0.55 + 0.9 * progress
  // 1970-01-01 was a Thursday: days 2 and 3 are Saturday and Sunday.
  const week = day === 2 || day === 3 ? 0.72 : 1.1
  const clock = 1 + 0.38 * Math.sin(((hour - 9) / 24) * 2 * Math.PI)
  return growth * week * clock
}
