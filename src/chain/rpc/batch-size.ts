/** Learns how many calls one endpoint takes in one request. */
export interface BatchSize {
  /** Calls of this method to send in one request; at least 1. */
  calls(method: string): number
  /** A request with so many calls was answered. */
  answered(method: string, calls: number, bytes: number): void
  /** A request with so many calls was too much; `message` may say how many are not. */
  refused(calls: number, message: string): void
  /** A request with so many calls failed in a way that smaller ones may not. */
  strained(calls: number): void
}

const START = 100
/** An answer is held in memory as text and as objects: large ones (receipts) come in small batches. */
const BYTES = 4 * 1024 * 1024
/** Full requests in a row after which a larger one is tried. */
const PROOF = 10
const BELIEVED = 600_000

const LIMITS = [
  /batch limit (?:of )?(\d+)/i, // erigon
  /batch of more than (\d+)/i, // drpc
  /max(?:imum)? (?:limit|batch size|size)(?: is| of|:)? ?(\d+)/i, // reth, nethermind
  /limited to (\d+)/i,
]

export function createBatchSize(clock: () => number): BatchSize {
  let size = START
  let proven = 0
  let ceiling = { calls: START, until: Number.POSITIVE_INFINITY }
  const bytesPerCall = new Map<string, number>()

  const shrink = (calls: number): void => {
    size = Math.max(1, Math.min(size, calls))
    proven = 0
  }

  return {
    calls: (method) => Math.max(1, Math.min(size, Math.floor(BYTES / (bytesPerCall.get(method) ?? 1)))),
    answered(method, calls, bytes) {
      const each = bytes / calls
      const before = bytesPerCall.get(method) ?? each
      // Up at once, down slowly: the large ones are the danger.
      bytesPerCall.set(method, each > before ? each : before * 0.9 + each * 0.1)
      if (calls < size) return
      proven += 1
      if (proven < PROOF) return
      proven = 0
      if (clock() >= ceiling.until) ceiling = { calls: START, until: Number.POSITIVE_INFINITY }
      size = Math.min(ceiling.calls, size + Math.max(1, Math.floor(size / 4)))
    },
    refused(calls, message) {
      const stated = LIMITS.map((pattern) => Number(pattern.exec(message)?.[1])).find((limit) => limit >= 1)
      const isUseful = stated !== undefined && stated < calls
      ceiling = { calls: Math.max(1, isUseful ? stated : calls - 1), until: clock() + BELIEVED }
      shrink(isUseful ? stated : Math.floor(calls / 2))
    },
    strained: (calls) => shrink(Math.floor(calls / 2)),
  }
}
