import type { Endpoint } from './endpoint'
import type { Failure } from './failure'
import type { EndpointName } from './rpc'

/** What decides which endpoint suits a question. */
export interface Wish {
  readonly method: string
  readonly avoid: ReadonlySet<EndpointName>
  /** Endpoints that failed in this round: asked again only where there is no other. */
  readonly failed: ReadonlySet<Endpoint>
  /** Endpoints that cannot answer it at all. */
  readonly declined: ReadonlyMap<Endpoint, Failure>
}

/** How much slower an endpoint of preference has to be before it is passed over: times, and milliseconds on top. */
const SLOWER = 4
const MARGIN = 50
/** An endpoint that was passed over is looked at again after so many milliseconds. */
const AGAIN = 10_000
/** Longest wait, in milliseconds, for another one before an endpoint is asked that failed, or was to be avoided. */
const WORTH_WAITING = 1_000

/**
 * The endpoint that should answer: the first in order of preference that is ready, was not told to wait, and is not
 * clearly slower than another one. Undefined if none is ready or the wait is worth it.
 */
export function choose(endpoints: readonly Endpoint[], wish: Wish, now: number): Endpoint | undefined {
  const isSoon = (each: Endpoint): boolean => each.limiter.readyAt() <= now + WORTH_WAITING
  const able = endpoints.filter((each) => each.isReady() && !wish.declined.has(each))
  const knowing = preferred(able, (each) => !each.lacks(wish.method))
  const fresh = preferred(knowing, (each) => !wish.failed.has(each) && isSoon(each))
  const wanted = preferred(fresh, (each) => !wish.avoid.has(each.name) && isSoon(each))
  const trusted = preferred(wanted, (each) => !each.isDistrusted() && isSoon(each))
  const free = trusted.filter((each) => each.limiter.readyAt() <= now)
  return free.find((each) => !isPassedOver(each, free, wish.method, now))
}

/** Whether one that has not failed in this round could be asked soon. */
export function hasFresh(endpoints: readonly Endpoint[], wish: Wish, now: number): boolean {
  return endpoints.some(
    (each) =>
      each.isReady() &&
      !wish.declined.has(each) &&
      !wish.failed.has(each) &&
      each.limiter.readyAt() <= now + WORTH_WAITING,
  )
}

function isPassedOver(one: Endpoint, all: readonly Endpoint[], method: string, now: number): boolean {
  const expected = one.pace.expected(method)
  if (expected === undefined || now - one.askedAt() > AGAIN) return false
  return all.some((other) => {
    const faster = other === one ? undefined : other.pace.expected(method)
    return faster !== undefined && expected > faster * SLOWER + MARGIN
  })
}

/** Those that fit, or all if none does. */
function preferred<T>(all: readonly T[], fits: (one: T) => boolean): readonly T[] {
  const fitting = all.filter(fits)
  return fitting.length > 0 ? fitting : all
}
