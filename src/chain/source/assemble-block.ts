import type { Hash } from '../../core/address'
import type { EconomyEvent } from '../../core/events'
import type { SourceBlock } from './source-block'

/** What identifies a block; `timestamp` in unix seconds. */
export interface Identity {
  readonly number: number
  readonly hash: Hash
  /** Null where the block's header was not needed. */
  readonly parentHash: Hash | null
  readonly timestamp: number
}

/** A block as the engine takes it. */
export function assembleBlock(
  { number, hash, parentHash, timestamp }: Identity,
  events: readonly EconomyEvent[],
): SourceBlock {
  return { header: { height: number, hash, parentHash, timestamp: timestamp * 1_000 }, events }
}
