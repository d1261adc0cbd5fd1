import type { BlockCoverage } from '../../core/coverage'
import type { EconomyEvent } from '../../core/events'

/** A block as a source hands it over. */
export interface SourceBlock {
  readonly header: {
    readonly height: number
    readonly hash: string
    /** Null where the block was read without its header. */
    readonly parentHash: string | null
    /** Milliseconds, the SDK's unit. */
    readonly timestamp: number
  }
  /** In log order. */
  readonly events: readonly EconomyEvent[]
  /**
   * How this block and those before it were read, from `fromBlock` on. It has to be on the last block of every batch
   * of final blocks, and on each block that is not final; blocks without it, that no later one covers, count as read
   * by the SDK's own archive client.
   */
  readonly coverage?: BlockCoverage
}
