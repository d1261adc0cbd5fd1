/** How far the index was at a moment. */
export interface Sample {
  /** Milliseconds of the reader's clock. */
  readonly at: number
  readonly indexed: number
  readonly chainHead: number
}

/** Milliseconds that a pace is measured over: long enough for batches, short enough to tell of now. */
const SPAN = 120_000
/** Less than this says nothing of a pace. */
const LEAST_SPAN = 5_000

/** The samples that still tell of the pace, and this one. A block that went back begins anew: a reorganisation has no pace. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1)
  if (last !== undefined && sample.indexed < last.indexed) return [sample]
  return [...samples.filter(({ at }) => sample.at - at <= SPAN && at < sample.at), sample]
}

/** Seconds until the index is where the chain is, at the pace of the samples; undefined where they do not say. */
export function secondsLeft(samples: readonly Sample[]): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < LEAST_SPAN) return undefined
  const gain = last.indexed - first.indexed - (last.chainHead - first.chainHead)
  if (gain <= 0) return undefined
  return ((last.chainHead - last.indexed) / gain) * ((last.at - first.at) / 1_000)
}

/** Percent of the way from the first block to the chain's newest, rounded down: it is not all before it is. */
export function percentDone(startBlock: number, indexed: number, chainHead: number): number {
  if (indexed >= chainHead) return 100
  const way = chainHead - startBlock + 1
  return Math.max(0, Math.floor(((indexed - startBlock + 1) / way) * 100))
}
