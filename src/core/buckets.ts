import type { BucketRow, SnapshotRow } from './ledger'
import { BUCKET_INTERVALS, intervalStart } from './series'

/** The buckets that snapshots fall into, each with its last one. */
export function bucketsOf(snapshots: readonly Pick<SnapshotRow, 'blockNumber' | 'timestamp'>[]): BucketRow[] {
  const buckets = new Map<string, BucketRow>()
  for (const { blockNumber, timestamp } of snapshots) {
    for (const interval of BUCKET_INTERVALS) {
      const start = intervalStart(interval, timestamp)
      buckets.set(`${interval}:${start}`, { interval, start, closingBlock: blockNumber })
    }
  }
  return [...buckets.values()]
}
