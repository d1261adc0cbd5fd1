import { NodeUntrusted } from '../errors'
import { backoff } from './breaker'
import { hasFresh } from './choose'
import type { Endpoint } from './endpoint'
import { Failure, wholeText } from './failure'
import { type Group, splitGroup } from './group'
import { logSpan } from './log-span'
import { pause } from './pause'
import { type Miss, race } from './race'
import { rangeHint } from './range-hint'
import { RangeTooLarge, RpcRejected } from './rpc'
import type { Place, Scheduler } from './scheduler'
import { withDeadline } from './with-deadline'

/** Bad answers to one question after which nobody is believed any more. */
const BAD_ANSWERS = 10
/** How long all may be behind, in milliseconds: a replica that lags catches up. */
const BEHIND = 60_000
/** How long one that rests is waited for, in milliseconds, if all others cannot answer. */
const DECLINED = 10_000
/** Timeouts and nameless errors after which a range of logs is taken to be too wide. */
const SUSPICIONS = 3
/** Answers that are too large, to a question that cannot be made smaller, after which nobody is asked again. */
const TOO_LARGE = 5
/** Errors that nobody knows after which they are taken to be the answer to a call. */
const UNEXPLAINED = 8
/** Methods that run a contract: what one node says of its code, every node would say. */
const RUNS_A_CONTRACT = /^eth_(call|estimateGas)$/
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 3_000
/** Where the endpoint is well, and only its answer was not good. */
const LONGEST_SHORT_PAUSE = 500
/** What a hedge waits for at least, in milliseconds, and where nothing is known of the endpoint yet. */
const HEDGE_FLOOR = 300
const HEDGE_UNKNOWN = 800

export interface Settling {
  readonly endpoints: readonly Endpoint[]
  readonly scheduler: Scheduler
  readonly clock: () => number
  readonly random: () => number
  readonly redact: (text: string) => string
}

/**
 * Asks until every question of the group is answered, wherever that takes; what each kind of failure leads to is decided
 * in `judge`.
 */
export async function settle(group: Group, means: Settling, taken?: Place): Promise<void> {
  const { endpoints, scheduler, clock } = means
  let place = taken
  while (group.open.length > 0) {
    place ??= await findPlace(group, means)
    const { endpoint } = place
    const size = endpoint.batchSize.calls(group.method)
    if (group.open.length > size) {
      const [first, ...others] = splitGroup(group, size)
      const here = place
      if (first === undefined) return
      await Promise.all([settle(first, means, here), ...others.map((part) => settle(part, means))])
      return
    }
    const hedge = {
      after: ({ pace }: Endpoint) => {
        const slow = pace.slow(group.method)
        return slow === undefined ? HEDGE_UNKNOWN : Math.max(HEDGE_FLOOR, 3 * slow)
      },
      elsewhere: (but: ReadonlySet<Endpoint>) =>
        scheduler.placeElsewhere({ ...group, failed: new Set([...but, ...group.failed]) }, group.open.length),
    }
    const asked = race(group, place, endpoints.length > 1 ? hedge : undefined)
    place = undefined
    const misses = await asked
    if (misses.length === 0) continue
    judge(group, misses, means)
    if (group.failed.size === 0 || hasFresh(endpoints, group, clock())) continue
    group.failed.clear()
    const isWell = group.behindSince !== undefined || group.badAnswers > 0
    const longest = isWell ? LONGEST_SHORT_PAUSE : LONGEST_PAUSE
    await pause(backoff(group.rounds, FIRST_PAUSE, longest, means.random), group.signal)
    group.rounds += 1
  }
}

async function findPlace(group: Group, { endpoints, scheduler, redact }: Settling): Promise<Place> {
  const { open, priority, signal, declined } = group
  const able = endpoints.filter((each) => each.refusal() === undefined)
  if (able.length === 0) throw endpoints[0]?.refusal()
  if (declined.size === 0) return scheduler.place(group, open.length, priority, signal)
  const [[endpoint, failure] = []] = declined
  const refuse = (): never => {
    throw rejected(endpoint as Endpoint, failure as Failure, redact)
  }
  if (able.every((each) => declined.has(each))) refuse()
  try {
    return await withDeadline(DECLINED, signal, (limited) =>
      scheduler.place(group, open.length, priority, limited),
    )
  } catch (error) {
    if (error instanceof Failure) refuse()
    throw error
  }
}

/** Decides what the failures of one round lead to: an error for the caller, or a mark on who failed. */
function judge(group: Group, misses: readonly Miss[], { clock, redact }: Settling): void {
  const seen = new Set<string>()
  // An outage is not a lag that goes on.
  if (!misses.some(({ failure }) => failure.errorClass === 'behind')) group.behindSince = undefined
  for (const miss of misses) {
    const { endpoint, question, failure } = miss
    const { errorClass, facts } = failure
    // One question stands for those of the same request that failed alike.
    const key = `${endpoint.name} ${errorClass}`
    if (seen.has(key)) continue
    seen.add(key)
    group.fail(endpoint, failure)
    switch (errorClass) {
      case 'rejected':
        if (RUNS_A_CONTRACT.test(group.method)) throw rejected(endpoint, failure, redact)
        // Providers answer with the same codes to what they alone do not take: another one may well take it.
        group.declined.set(endpoint, failure)
        break
      case 'unsupported':
      case 'unauthorized':
        group.declined.set(endpoint, failure)
        break
      case 'too-large': {
        const span = logSpan(question)
        if (span !== undefined && span.to > span.from) throw tooLarge(miss, redact)
        // The endpoint has learned to batch less. Where there is nothing to take away, one that says so again cannot answer.
        if (group.open.length > 1) break
        group.failed.add(endpoint)
        group.suspicions += 1
        if (group.suspicions >= TOO_LARGE)
          group.declined.set(endpoint, new Failure('unsupported', failure.message, facts))
        break
      }
      case 'rate-limited':
        break
      case 'batch-too-large':
        if (group.open.length === 1) group.failed.add(endpoint)
        break
      case 'behind':
        group.failed.add(endpoint)
        group.behindSince ??= clock()
        if (clock() - group.behindSince > BEHIND) throw untrusted(group, miss, redact)
        break
      case 'untrusted':
      case 'malformed':
        group.failed.add(endpoint)
        if (!facts.isBadAnswer) break
        group.badAnswers += 1
        if (group.badAnswers >= BAD_ANSWERS) throw untrusted(group, miss, redact)
        break
      case 'timeout':
      case 'unavailable':
        group.failed.add(endpoint)
        suspect(group, miss, redact)
    }
  }
}

/** Errors that say nothing can still have a reason that asking again does not remove. */
function suspect(group: Group, miss: Miss, redact: (text: string) => string): void {
  const { endpoint, question, failure } = miss
  const isNamed = failure.facts.code === undefined
  const span = logSpan(question)
  if (span !== undefined && span.to > span.from && (failure.errorClass === 'timeout' || !isNamed)) {
    group.suspicions += 1
    if (group.suspicions >= SUSPICIONS) throw tooLarge(miss, redact)
  }
  if (isNamed || failure.errorClass === 'timeout' || !RUNS_A_CONTRACT.test(group.method)) return
  group.unexplained += 1
  if (group.unexplained >= UNEXPLAINED) throw rejected(endpoint, failure, redact)
}

function tooLarge({ endpoint, question, failure }: Miss, redact: (text: string) => string): RangeTooLarge {
  const { from, to } = logSpan(question) as { from: number; to: number }
  const hint = rangeHint(wholeText(failure.message, failure.facts.data), from, to)
  return new RangeTooLarge(endpoint.name, hint?.blocks, redact(failure.message))
}

function rejected(endpoint: Endpoint, failure: Failure, redact: (text: string) => string): RpcRejected {
  const { errorClass, message, facts } = failure
  const kind = errorClass === 'unsupported' || errorClass === 'unauthorized' ? errorClass : 'rejected'
  const data = facts.data === undefined ? undefined : redactData(facts.data, redact)
  return new RpcRejected(endpoint.name, kind, facts.code, redact(message), data)
}

/** Some gateways repeat the whole request in the data of their error. */
function redactData(data: unknown, redact: (text: string) => string): unknown {
  return typeof data === 'string' ? redact(data) : JSON.parse(redact(JSON.stringify(data)))
}

function untrusted(
  group: Group,
  { endpoint, failure }: Miss,
  redact: (text: string) => string,
): NodeUntrusted {
  return new NodeUntrusted({
    method: group.method,
    what: redact(failure.message),
    endpoint: endpoint.name,
    tries: Math.max(group.badAnswers, group.rounds),
  })
}
