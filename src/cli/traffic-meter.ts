import type { EndpointStatus, ErrorClass } from '../chain/rpc/rpc'

/** What went to all endpoints together, and came back, in a while. */
export interface Traffic {
  readonly seconds: number
  readonly requests: number
  readonly bytesReceived: number
  /** Only those that happened. */
  readonly errors: ReadonlyMap<ErrorClass, number>
}

type Sums = Omit<Traffic, 'seconds'>

/** Each call measures what happened since the one before. */
export function createTrafficMeter(
  status: () => readonly EndpointStatus[],
  clock: () => number = () => performance.now(),
): () => Traffic {
  let at = clock()
  let before = sumsOf(status())
  return () => {
    const now = clock()
    const sums = sumsOf(status())
    const errors = [...sums.errors].map(
      ([name, count]) => [name, count - (before.errors.get(name) ?? 0)] as const,
    )
    const traffic = {
      seconds: (now - at) / 1_000,
      requests: sums.requests - before.requests,
      bytesReceived: sums.bytesReceived - before.bytesReceived,
      errors: new Map(errors.filter(([, count]) => count > 0)),
    }
    at = now
    before = sums
    return traffic
  }
}

function sumsOf(endpoints: readonly EndpointStatus[]): Sums {
  const errors = new Map<ErrorClass, number>()
  let requests = 0
  let bytesReceived = 0
  for (const endpoint of endpoints) {
    requests += endpoint.requests
    bytesReceived += endpoint.bytesReceived
    for (const [name, count] of Object.entries(endpoint.errors) as [ErrorClass, number][]) {
      errors.set(name, (errors.get(name) ?? 0) + count)
    }
  }
  return { requests, bytesReceived, errors }
}
