import type { Hash } from '../core/address'
import type { ContractName } from '../core/events'

/** The block that a question is about. A timestamp is in unix seconds and means the newest block with events not after it. */
export type AsOfRequest =
  | { readonly kind: 'head' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'hash'; readonly hash: Hash }
  | { readonly kind: 'timestamp'; readonly timestamp: number }

/** The last block with events at or before the block asked for: where its figures were written down. */
export interface SnapshotRef {
  readonly block: number
  readonly hash: Hash
  /** Unix seconds. */
  readonly timestamp: number
  /** History digest up to and including that block (docs/digest.md). */
  readonly digest: string
}

/** The block at which every figure of an answer is true. */
export interface AsOf {
  readonly block: number
  /** Null where the block has no snapshot, unless it is answered as the newest one: no other hashes are kept. */
  readonly hash: Hash | null
  /** Unix seconds; null where `hash` is. */
  readonly timestamp: number | null
  /**
   * Where windows and series end, in unix seconds: the time that was asked for, else the block's, else, where that is
   * not known, the snapshot's.
   */
  readonly instant: number
  /** Whether the block can no longer be reorganised away. */
  readonly finalized: boolean
  /** Whole seconds from the newest indexed block to now; null where a block was named, for that does not age. */
  readonly lagSeconds: number | null
  /** Whether the same question gets this same answer forever; what may be cached without end. */
  readonly settled: boolean
  /** Contracts whose history is incomplete: figures that depend on them are marked. */
  readonly partial: readonly ContractName[]
  readonly snapshot: SnapshotRef
}

/** Whether figures that come from these contracts lack the history before their start block. */
export function isPartial(asOf: AsOf, dependsOn: readonly ContractName[]): boolean {
  return dependsOn.some((contract) => asOf.partial.includes(contract))
}
