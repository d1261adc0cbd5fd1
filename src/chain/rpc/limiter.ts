/** How one request ended, as far as it says something of how often the endpoint may be asked. */
export type Outcome = 'answered' | 'rate-limited' | 'timeout' | 'other'

/** How often, and how many requests at once, one endpoint is asked. Times are milliseconds of the clock. */
export interface Limiter {
  /** From when on the next request may be sent, places aside; in the past if at once. */
  readyAt(): number
  /** Whether a further request may be under way. */
  hasPlace(): boolean
  /** Takes a place, for so many calls; gives the time, which is handed back with the outcome. */
  take(calls: number): number
  /** @param retryAfter milliseconds for which the endpoint does not want to be asked; 10 minutes are the most. */
  give(startedAt: number, outcome: Outcome, retryAfter?: number): void
  concurrency(): number
}

const START = 8
const MOST = 32
/** The wait after a refusal that names none, doubled each time in a row. */
const PAUSE = 100
const LONGEST_PAUSE = 10_000
/** No endpoint may stop us for days by a word of its own, nor make a timer overflow, which then fires at once. */
const LONGEST_REST = 600_000
/** A rate that no provider limits: beyond it there is no limit any more. */
const UNLIMITED = 10_000
/** A rate below which the pauses alone slow down: a bucket that small would make each refusal by chance cost seconds. */
const SLOWEST = 2
/** Growth of the rate: a little more each second, twice that after another second without a refusal, at most doubling. */
const GROWTH = 0.03
/** Weight of one request in the share of refusals, and the share from which on the rate is at fault, not chance. */
const WEIGHT = 0.1
const TOO_MANY = 0.25

/**
 * Concurrency by additive increase and multiplicative decrease. A limit of the rate exists only once the endpoint has
 * refused for it more than once in a while: then half of what was being sent, and slowly more. A single refusal is waited
 * out: some providers refuse at random.
 */
export function createLimiter(clock: () => number): Limiter {
  let concurrency = START
  let underWay = 0
  let answers = 0
  let restUntil = Number.NEGATIVE_INFINITY
  let refusals = 0
  let share = 0
  let cutAt = Number.NEGATIVE_INFINITY
  const sent = createSentCounter(clock)
  /** It grows from when the rate was last refused: a timeout says nothing of the rate. */
  let bucket: { rate: number; tokens: number; at: number; refusedAt: number } | undefined

  const refill = (): void => {
    if (bucket === undefined) return
    const now = clock()
    const seconds = (now - bucket.at) / 1000
    const growth = 1 + Math.min(1, GROWTH * 2 ** ((now - bucket.refusedAt) / 1000))
    const rate = bucket.rate * growth ** seconds
    const tokens = Math.min(Math.max(1, rate), bucket.tokens + bucket.rate * seconds)
    bucket = rate > UNLIMITED ? undefined : { ...bucket, rate, tokens, at: now }
  }

  const slowDown = (startedAt: number): void => {
    // All that were under way are refused together: that is one refusal.
    if (startedAt < cutAt) return
    cutAt = clock()
    concurrency = Math.max(1, Math.floor(concurrency / 2))
    answers = 0
  }

  return {
    readyAt() {
      refill()
      // Debt is allowed, so that a large batch passes a small bucket; what follows waits for it.
      if (bucket === undefined || bucket.tokens >= 1) return restUntil
      return Math.max(restUntil, bucket.at + ((1 - bucket.tokens) / bucket.rate) * 1000)
    },
    hasPlace: () => underWay < concurrency,
    take(calls) {
      refill()
      underWay += 1
      sent.add(calls)
      if (bucket !== undefined) bucket.tokens -= calls
      return clock()
    },
    give(startedAt, outcome, retryAfter) {
      const isFull = underWay >= concurrency
      underWay -= 1
      if (retryAfter !== undefined)
        restUntil = Math.max(restUntil, clock() + Math.min(LONGEST_REST, retryAfter))
      if (outcome === 'answered') {
        refusals = 0
        if (isFull) answers += 1
        if (answers >= concurrency && concurrency < MOST) {
          concurrency += 1
          answers = 0
        }
      }
      if (outcome === 'timeout') slowDown(startedAt)
      share = share * (1 - WEIGHT) + (outcome === 'rate-limited' ? WEIGHT : 0)
      if (outcome !== 'rate-limited') return
      if (startedAt < cutAt) return
      slowDown(startedAt)
      refill()
      if (bucket !== undefined) bucket.refusedAt = cutAt
      if (share > TOO_MANY) {
        const rate = Math.max(SLOWEST, (bucket?.rate ?? sent.perSecond()) / 2)
        bucket = { rate, tokens: 1, at: cutAt, refusedAt: cutAt }
        // Whether that was enough is for new refusals to say.
        share = 0
      }
      if (retryAfter === undefined) {
        restUntil = Math.max(restUntil, clock() + Math.min(LONGEST_PAUSE, PAUSE * 2 ** refusals))
      }
      refusals += 1
    },
    concurrency: () => concurrency,
  }
}

/** Calls sent in about the last second: what a limit of the rate must be below. */
function createSentCounter(clock: () => number): { add(calls: number): void; perSecond(): number } {
  let second = { from: clock(), calls: 0 }
  let before = 0
  const turn = (): void => {
    const passed = clock() - second.from
    if (passed < 1000) return
    before = passed < 2000 ? second.calls : 0
    second = { from: clock(), calls: 0 }
  }
  return {
    add(calls) {
      turn()
      second.calls += calls
    },
    perSecond() {
      turn()
      return Math.max(before, second.calls, 1)
    },
  }
}
