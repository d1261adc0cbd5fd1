/** How long one endpoint takes, in milliseconds, per method: a range of logs takes longer than the head's number. */
export interface Pace {
  took(method: string, milliseconds: number): void
  failed(): void
  /** Moving average over everything. */
  latency(): number | undefined
  /** Moving average of one method, made worse by recent failures; undefined before its first answer. */
  expected(method: string): number | undefined
  /** What few answers take longer than; undefined as long as too few are known. */
  slow(method: string): number | undefined
}

const WEIGHT = 0.1
/** Answers before a deviation says something. */
const ENOUGH = 5
/** How much slower an endpoint counts all of whose answers are failures. */
const FAILURE_COST = 9

export function createPace(): Pace {
  const methods = new Map<string, { mean: number; deviation: number; answers: number }>()
  let latency: number | undefined
  let failures = 0
  return {
    took(method, milliseconds) {
      failures *= 1 - WEIGHT
      latency = latency === undefined ? milliseconds : latency + WEIGHT * (milliseconds - latency)
      const known = methods.get(method)
      if (known === undefined) {
        methods.set(method, { mean: milliseconds, deviation: milliseconds / 2, answers: 1 })
        return
      }
      const difference = milliseconds - known.mean
      known.mean += WEIGHT * difference
      known.deviation += WEIGHT * (Math.abs(difference) - known.deviation)
      known.answers += 1
    },
    failed() {
      failures += WEIGHT * (1 - failures)
    },
    latency: () => latency,
    expected(method) {
      const known = methods.get(method)
      return known && known.mean * (1 + FAILURE_COST * failures)
    },
    slow(method) {
      const known = methods.get(method)
      // Mean and three mean deviations: about the 95th to 99th percentile of what latencies look like.
      return known && known.answers >= ENOUGH ? known.mean + 3 * known.deviation : undefined
    },
  }
}
