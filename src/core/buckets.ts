import type { BucketRow, SnapshotRow } from './ledger'
import { BUCKET_INTERVALS, intervalStart } from './series'

/** The buckets that snapshots fall into, each with its last one. @param snapshots ascending, in time as well */
export function bucketsOf(snapshots: readonly Pick<SnapshotRow, 'blockNumber' | 'timestamp'>[]): BucketRow[] {
  const buckets: BucketRow[] = []
  const newest = new Map<BucketRow['interval'], { start: number; closingBlock: number }>()
  for (const { blockNumber, timestamp } of snapshots) {
    for (const interval of BUCKET_INTERVALS) {
      const start = intervalStart(interval, timestamp)
      const open = newest.get(interval)
      if (open?.start === start) {
        open.closingBlock = blockNumber
        continue
      }
      const bucket = { interval, start, closingBlock: blockNumber }
      buckets.push(bucket)
      newest.set(interval, bucket)
    }
  }
  return buckets
}
