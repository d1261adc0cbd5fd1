/** Counts failures in a row of one endpoint, and says how long it rests once there are too many. */
export interface Breaker {
  succeeded(): void
  /** @returns whether it is too many now. */
  failed(): boolean
  /** Milliseconds to rest before the next probe: doubled each time that a rest did not help. */
  rest(): number
  /** The endpoint may be asked again. */
  closed(): void
}

const FAILURES = 5
const SHORTEST = 100
const LONGEST = 10_000
/** An endpoint that worked for so long has earned a short rest. */
const PROVEN = 30_000

export function createBreaker(clock: () => number, random: () => number): Breaker {
  let failures = 0
  let rests = 0
  let closedAt = Number.NEGATIVE_INFINITY
  return {
    succeeded() {
      failures = 0
      if (rests > 0 && clock() - closedAt > PROVEN) rests = 0
    },
    failed() {
      failures += 1
      return failures >= FAILURES
    },
    rest() {
      const pause = backoff(rests, SHORTEST, LONGEST, random)
      rests += 1
      return pause
    },
    closed() {
      failures = 0
      closedAt = clock()
    },
  }
}

/** Milliseconds: doubling from `first` to `most`, less a random half so that those who wait do not return together. */
export function backoff(times: number, first: number, most: number, random: () => number): number {
  return Math.min(most, first * 2 ** Math.min(times, 30)) * (1 - random() / 2)
}
