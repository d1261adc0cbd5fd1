import type { Hash } from '../../core/address'
import type { EventBlock } from '../../core/events'
import type { SourceBlock } from './source-block'

/** A block as the fold takes it: with its time in unix seconds. */
export function eventBlock({ header, events }: SourceBlock): EventBlock {
  const block = {
    number: header.height,
    hash: header.hash as Hash,
    parentHash: header.parentHash as Hash | null,
    timestamp: Math.floor(header.timestamp / 1_000),
  }
  return { block, events }
}
