import { isoOf } from '../core/iso-time'
import type { AsOf } from './as-of'

/** How `asOf` is spelled in JSON, at every edge; times in ISO 8601 UTC. */
export interface AsOfJson {
  readonly block: number
  readonly hash: string | null
  readonly timestamp: string | null
  readonly finalized: boolean
  readonly lagSeconds: number | null
  readonly partial: readonly string[]
  readonly snapshot: {
    readonly block: number
    readonly hash: string
    readonly timestamp: string
    readonly digest: string
  }
}

/** Spells the block of an answer for JSON. */
export function asOfJson(asOf: AsOf): AsOfJson {
  const { block, hash, timestamp, finalized, lagSeconds, partial, snapshot } = asOf
  return {
    block,
    hash,
    timestamp: timestamp === null ? null : isoOf(timestamp),
    finalized,
    lagSeconds,
    partial,
    snapshot: { ...snapshot, timestamp: isoOf(snapshot.timestamp) },
  }
}
