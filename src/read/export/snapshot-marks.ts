import type { Hash } from '../../core/address'
import { hex, type Row, type RunQuery, seconds, text, whole } from '../row'

/** A block with a snapshot, and the history digest after it. */
export interface SnapshotMark {
  readonly blockNumber: number
  readonly hash: Hash
  /** Unix seconds. */
  readonly timestamp: number
  readonly digest: Hash
}

const MARK = 'select block_number, hash, timestamp, digest from snapshot'
const NEWEST = 'order by block_number desc limit 1'
const MARKS = {
  /** Newest one up to a block. */
  upTo: `${MARK} where block_number <= $1 ${NEWEST}`,
  /** Oldest one after a block. */
  after: `${MARK} where block_number > $1 order by block_number limit 1`,
  /** Newest one before a time. */
  beforeTime: `${MARK} where timestamp < to_timestamp($1) order by timestamp desc, block_number desc limit 1`,
} as const

/** Looks up a block with a snapshot: one walk down an index. */
export async function snapshotMark(
  query: RunQuery,
  which: keyof typeof MARKS,
  bound: number,
): Promise<SnapshotMark | undefined> {
  const [row] = await query(MARKS[which], [bound])
  return row && markOf(row)
}

function markOf(row: Row): SnapshotMark {
  return {
    blockNumber: whole(row, 'block_number'),
    hash: hex(row, 'hash'),
    timestamp: seconds(row, 'timestamp'),
    digest: text(row, 'digest') as Hash,
  }
}
