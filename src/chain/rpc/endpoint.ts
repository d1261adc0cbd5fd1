import type { EconomyError } from '../../core/errors'
import { type BatchSize, createBatchSize } from './batch-size'
import { type Breaker, createBreaker } from './breaker'
import { Failure, wholeText } from './failure'
import { createLimiter, type Limiter, type Outcome } from './limiter'
import { createLogRange, type LogRange } from './log-range'
import { logSpan } from './log-span'
import { createPace, type Pace } from './pace'
import { rangeHint } from './range-hint'
import type { EndpointName, EndpointStatus, ErrorClass } from './rpc'
import type { Question, Replies, Reply, Traffic, Transport } from './transport'

/** The reason with which the slower of two attempts is aborted. */
export const LOST = new DOMException('another endpoint was faster', 'AbortError')

/** How long a method that an endpoint says it does not have is not asked for again, in milliseconds. */
const LACKING = 600_000

/** How long one that was contradicted is asked last, in milliseconds. */
const DISTRUSTED = 60_000

/** Classes that say something of the endpoint rather than of the question. */
const BLAMED: ReadonlySet<ErrorClass> = new Set([
  'unavailable',
  'timeout',
  'malformed',
  'untrusted',
  'behind',
])
/** Of these, the ones for which an endpoint is not left alone where there is no other. */
const TOLERATED: ReadonlySet<ErrorClass> = new Set(['untrusted', 'behind'])

export interface EndpointOptions {
  readonly name: EndpointName
  readonly traffic: Traffic
  readonly transport: Transport
  readonly timeout: number
  readonly clock: () => number
  readonly random: () => number
  readonly redact: (text: string) => string
  /** Whether somebody else could answer while this one rests. */
  readonly hasOther: () => boolean
  /** A place has become free. */
  readonly onFree: () => void
}

/** One endpoint: the way to it, what was learned of it, and whether it may be asked. */
export interface Endpoint {
  readonly name: EndpointName
  readonly transport: Transport
  readonly limiter: Limiter
  readonly logRange: LogRange
  readonly batchSize: BatchSize
  readonly breaker: Breaker
  readonly pace: Pace
  /** When it was last asked, by the clock. */
  askedAt(): number
  lacks(method: string): boolean
  isReady(): boolean
  /** The statement for which it is never asked again. */
  refusal(): EconomyError | undefined
  /** Asks in the place that was taken at `startedAt`. Rejects only with the signal's reason. */
  ask(questions: readonly Question[], startedAt: number, signal: AbortSignal): Promise<readonly Reply[]>
  /** An answer passed its check. */
  accepted(): void
  /** It failed: by itself, or the check of the caller. */
  blame(failure: Failure): void
  /** It said something that others contradict: it is asked last for a while. */
  distrust(reason: string): void
  isDistrusted(): boolean
  admit(): void
  refuse(error: EconomyError): void
  note(reason: string): void
  /** Resolves when it has failed too often. */
  tripped(): Promise<void>
  status(): EndpointStatus
}

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { name, traffic, transport, timeout, clock, random, redact, hasOther, onFree } = options
  const limiter = createLimiter(clock)
  const logRange = createLogRange(clock)
  const batchSize = createBatchSize(clock)
  const breaker = createBreaker(clock, random)
  const pace = createPace()
  const calls: Record<string, number> = {}
  const errors: Partial<Record<ErrorClass, number>> = {}
  const lacking = new Map<string, number>()
  let state: EndpointStatus['state'] = 'unchecked'
  let reason: string | undefined
  let refusal: EconomyError | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let distrustedUntil = Number.NEGATIVE_INFINITY
  let trip: (() => void) | undefined

  const rest = (failure: Failure): void => {
    if (state !== 'ready') return
    state = 'resting'
    reason = redact(failure.message)
    trip?.()
  }

  const blame = (failure: Failure): void => {
    const { errorClass } = failure
    errors[errorClass] = (errors[errorClass] ?? 0) + 1
    if (errorClass === 'unauthorized' && hasOther()) rest(failure)
    if (!BLAMED.has(errorClass)) return
    pace.failed()
    if (TOLERATED.has(errorClass) && !hasOther()) return
    if (breaker.failed()) rest(failure)
  }

  /** Takes from a failure what it says of the limits of this endpoint. */
  const learn = (failure: Failure, questions: readonly Question[]): void => {
    const { errorClass, message, facts } = failure
    const [question] = questions
    if (question === undefined) return
    if (facts.code === -32601) lacking.set(question.method, clock() + LACKING)
    if (errorClass === 'batch-too-large') batchSize.refused(questions.length, wholeText(message, facts.data))
    if (errorClass !== 'too-large' && errorClass !== 'timeout') return
    const span = logSpan(question)
    if (span === undefined) {
      if (questions.length > 1) batchSize.strained(questions.length)
      return
    }
    // Several questions about the same blocks are one: it is the blocks that are too many.
    const said = errorClass === 'timeout' ? '' : wholeText(message, facts.data)
    logRange.refused(span.to - span.from + 1, rangeHint(said, span.from, span.to))
  }

  const learnFrom = ({ replies, bytes }: Replies, questions: readonly Question[]): void => {
    const [question] = questions
    if (question === undefined) return
    const span = logSpan(question)
    if (span === undefined) {
      if (questions.length > 1) batchSize.answered(question.method, questions.length, bytes)
      return
    }
    const logs = replies.reduce((count, reply) => count + logsIn(reply), 0)
    logRange.answered(span.to - span.from + 1, logs, bytes)
  }

  return {
    name,
    transport,
    limiter,
    logRange,
    batchSize,
    breaker,
    pace,
    askedAt: () => askedAt,
    lacks: (method) => (lacking.get(method) ?? 0) > clock(),
    isReady: () => state === 'ready',
    refusal: () => refusal,
    async ask(questions, startedAt, signal) {
      const { method } = questions[0] as Question
      calls[method] = (calls[method] ?? 0) + questions.length
      askedAt = startedAt
      let outcome: Outcome = 'other'
      let retryAfter: number | undefined
      const failed = (failure: Failure): void => {
        outcome = outcomeOf(failure)
        retryAfter = failure.facts.retryAfter
        learn(failure, questions)
        blame(failure)
      }
      try {
        const answered = await transport.ask(questions, { timeout, signal })
        pace.took(method, clock() - startedAt)
        outcome = 'answered'
        // One failure stands for those of the same request: it is one event at the endpoint.
        const failure = worstOf(answered.replies)
        if (failure === undefined) learnFrom(answered, questions)
        else failed(failure)
        return answered.replies
      } catch (error) {
        if (!(error instanceof Failure)) {
          // It takes at least as long as it was given.
          if (error === LOST) pace.took(method, clock() - startedAt)
          throw error
        }
        failed(error)
        return questions.map(() => error)
      } finally {
        limiter.give(startedAt, outcome, retryAfter)
        onFree()
      }
    },
    accepted: () => breaker.succeeded(),
    blame,
    distrust(text) {
      distrustedUntil = clock() + DISTRUSTED
      blame(new Failure('untrusted', text))
    },
    isDistrusted: () => distrustedUntil > clock(),
    admit() {
      state = 'ready'
      reason = undefined
      breaker.closed()
    },
    refuse(error) {
      state = 'refused'
      refusal = error
      reason = redact(error.message)
    },
    note(text) {
      reason = redact(text)
    },
    tripped: () =>
      new Promise((resolve) => {
        trip = resolve
      }),
    status: () => ({
      ...{ name, state, reason, latency: pace.latency() },
      ...{ logRange: logRange.blocks(), batchSize: batchSize.calls(''), concurrency: limiter.concurrency() },
      ...{ calls: { ...calls }, errors: { ...errors }, ...traffic },
    }),
  }
}

function outcomeOf({ errorClass }: Failure): Outcome {
  if (errorClass === 'rate-limited' || errorClass === 'timeout') return errorClass
  // A refusal for other reasons is an answer, as far as its pace goes.
  return errorClass === 'unavailable' || errorClass === 'malformed' ? 'other' : 'answered'
}

function worstOf(replies: readonly Reply[]): Failure | undefined {
  const failures = replies.filter((reply) => reply instanceof Failure)
  return failures.find(({ errorClass }) => errorClass === 'rate-limited') ?? failures[0]
}

function logsIn(reply: Reply): number {
  return !(reply instanceof Failure) && Array.isArray(reply.value) ? reply.value.length : 0
}
