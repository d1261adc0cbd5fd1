import { choose, type Wish } from './choose'
import type { Endpoint } from './endpoint'

/** A place at an endpoint, taken at that time. */
export interface Place {
  readonly endpoint: Endpoint
  readonly startedAt: number
}

export interface Scheduler {
  /**
   * Waits for a place at the endpoint that suits; lower priorities first. Rejects with the signal's reason.
   * @param calls how many there are to send
   */
  place(wish: Wish, calls: number, priority: number, signal: AbortSignal): Promise<Place>
  /** A place that is free now at another endpoint than these. */
  placeElsewhere(wish: Wish, calls: number): Place | undefined
  /** Something may have become free. */
  pump(): void
  /** Nothing will ever become free. */
  rejectAll(reason: unknown): void
}

interface Waiting {
  readonly wish: Wish
  readonly calls: number
  readonly priority: number
  readonly resolve: (place: Place) => void
  readonly reject: (reason: unknown) => void
}

const LONGEST_TIMER = 2 ** 31 - 1

/** The queue for all endpoints: a question is bound to one of them only when it is sent. */
export function createScheduler(endpoints: readonly Endpoint[], clock: () => number): Scheduler {
  let queue: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const take = (endpoint: Endpoint, { method }: Wish, calls: number): Place => ({
    endpoint,
    startedAt: endpoint.limiter.take(Math.min(calls, endpoint.batchSize.calls(method))),
  })

  const serve = ({ wish, calls, resolve }: Waiting): boolean => {
    const endpoint = choose(endpoints, wish, clock())
    if (!endpoint?.limiter.hasPlace()) return false
    resolve(take(endpoint, wish, calls))
    return true
  }

  const hasRoom = (): boolean => {
    const now = clock()
    return endpoints.some(
      ({ isReady, limiter }) => isReady() && limiter.hasPlace() && limiter.readyAt() <= now,
    )
  }

  const pump = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (queue.length === 0) return
    if (hasRoom()) {
      const left: Waiting[] = []
      let isFull = false
      // What was not served for one is not served for the next that wishes the same: the queue may be long.
      const stuck = new Set<string>()
      for (const waiting of queue) {
        const plain = isPlain(waiting.wish) ? waiting.wish.method : undefined
        if (isFull || (plain !== undefined && stuck.has(plain))) left.push(waiting)
        else if (serve(waiting)) isFull = !hasRoom()
        else {
          left.push(waiting)
          if (plain !== undefined) stuck.add(plain)
        }
      }
      queue = left
    }
    if (queue.length === 0) return
    // It also keeps the process alive for as long as somebody waits: the probes do not.
    const now = clock()
    const times = endpoints
      .filter((each) => each.isReady())
      .map(({ limiter }) => limiter.readyAt() - now)
      .filter((wait) => wait > 0)
    timer = setTimeout(pump, Math.min(LONGEST_TIMER, Math.ceil(Math.min(...times, LONGEST_TIMER))))
  }

  const enqueue = (waiting: Waiting): void => {
    // Behind those of the same priority.
    let index = queue.length
    while (index > 0 && (queue[index - 1]?.priority ?? 0) > waiting.priority) index -= 1
    queue.splice(index, 0, waiting)
  }

  return {
    place: (wish, calls, priority, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason)
          return
        }
        const stop = (): void => {
          queue = queue.filter((each) => each !== waiting)
          reject(signal.reason)
          if (queue.length === 0) pump()
        }
        const done = (place: Place): void => {
          signal.removeEventListener('abort', stop)
          resolve(place)
        }
        const waiting: Waiting = { wish, calls, priority, resolve: done, reject }
        signal.addEventListener('abort', stop, { once: true })
        enqueue(waiting)
        pump()
      }),
    placeElsewhere(wish, calls) {
      const endpoint = choose(endpoints, wish, clock())
      // Nobody's word is needed so soon that it may be that of one to avoid.
      if (
        endpoint === undefined ||
        wish.avoid.has(endpoint.name) ||
        wish.failed.has(endpoint) ||
        !endpoint.limiter.hasPlace()
      )
        return undefined
      return take(endpoint, wish, calls)
    },
    pump,
    rejectAll(reason) {
      const all = queue
      queue = []
      pump()
      for (const { reject } of all) reject(reason)
    },
  }
}

function isPlain({ avoid, failed, declined }: Wish): boolean {
  return avoid.size + failed.size + declined.size === 0
}
