import type { Hash } from '../address'

/**
 * The blocks of an export: final ones. `toBlock` is the newest block with a snapshot within what was asked for, so that it
 * has a hash and a digest; no event lies between it and what was asked for.
 */
export interface ExportRange {
  /** As asked for; where nothing was, the first indexed block. */
  readonly fromBlock: number
  readonly toBlock: number
  readonly toBlockHash: Hash
  /** Unix seconds. */
  readonly toTimestamp: number
  /** History digest (docs/digest.md) before `fromBlock` (the seed, where the history begins there) and after `toBlock`. */
  readonly digest: { readonly before: Hash; readonly after: Hash }
  /**
   * The time that the range stands for where times were asked for, or a month: [from, to), in unix seconds. It says more than the
   * blocks do: that nothing happened between `toBlock` and `to`. Which days `daily` states depends on it; where it is left out,
   * the range stands for the time after the newest snapshot before `fromBlock` up to `toTimestamp`.
   */
  readonly time?: { readonly from: number; readonly to: number }
}
