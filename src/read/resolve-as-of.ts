import { unreachable } from '../core/errors'
import { isoOf } from '../core/iso-time'
import type { AsOf, AsOfRequest, SnapshotRef } from './as-of'
import { columnList } from './column-list'
import { BeforeHistory, BlockHashUnknown, HeadStale, NotIndexedYet } from './errors'
import type { Frame } from './frame'
import { hex, type Row, type RunQuery, seconds, text, whole } from './row'

/** What freshness is judged by. */
export interface Freshness {
  /** Unix seconds now. */
  readonly now: number
  /** Seconds behind `now` from which the newest figures are refused. */
  readonly maxLagSeconds: number
}

// All of it: whoever asks which block it is, mostly asks for its figures next.
const SNAPSHOT = `select ${columnList('Snapshot')} from snapshot`
const SNAPSHOTS = {
  byNumber: `${SNAPSHOT} where block_number <= $1 order by block_number desc limit 1`,
  byHash: `${SNAPSHOT} where hash = $1 order by block_number desc limit 1`,
  byTimestamp: `${SNAPSHOT} where timestamp <= to_timestamp($1) order by timestamp desc, block_number desc limit 1`,
  after: `${SNAPSHOT} where timestamp > to_timestamp($1) order by timestamp, block_number limit 1`,
} as const

type LookUp = (name: keyof typeof SNAPSHOTS, key: number | string) => Promise<SnapshotRef | undefined>

/** Rows of snapshots, beside those that are looked up. */
export interface SnapshotRows {
  /** The newest one up to a block, if it has been looked at. */
  upTo(block: number): Row | undefined
  /** Given those that are looked up here, with every figure. */
  seen(snapshot: Row): void
}

const NONE: SnapshotRows = { upTo: () => undefined, seen: () => undefined }

/**
 * Finds the block that a question is about.
 * @throws HeadStale (E5003) only where no block was named; NotIndexedYet (E5006), BeforeHistory (E5007),
 * BlockHashUnknown (E5008).
 */
export async function resolveAsOf(
  query: RunQuery,
  frame: Frame,
  request: AsOfRequest,
  freshness: Freshness,
  rows: SnapshotRows = NONE,
): Promise<AsOf> {
  const look: LookUp = async (name, key) => {
    const known = name === 'byNumber' ? rows.upTo(Number(key)) : undefined
    if (known !== undefined) return referenceTo(known)
    const [row] = await query(SNAPSHOTS[name], [key], `snapshot-${name}`)
    if (row === undefined) return undefined
    rows.seen(row)
    return referenceTo(row)
  }
  switch (request.kind) {
    case 'head':
      return atHead(look, frame, freshness)
    case 'number':
      return atNumber(look, frame, request.number)
    case 'hash':
      return atHash(look, frame, request.hash)
    case 'timestamp':
      return atTimestamp(look, frame, request.timestamp)
    default:
      return unreachable(request)
  }
}

async function atHead(look: LookUp, frame: Frame, { now, maxLagSeconds }: Freshness): Promise<AsOf> {
  const { block, hash, timestamp } = frame.head
  const lagSeconds = Math.max(0, Math.floor(now - timestamp))
  if (lagSeconds > maxLagSeconds) throw new HeadStale({ block, lagSeconds, maxLagSeconds })
  const asOf = await atNumber(look, frame, block)
  return { ...asOf, hash, timestamp, instant: timestamp, lagSeconds, settled: false }
}

/** A block that is named gives the same answer for ever: also the newest one, whose hash is kept only while it is. */
async function atNumber(look: LookUp, frame: Frame, block: number): Promise<AsOf> {
  if (block > frame.head.block) throw notIndexedYet(frame, block)
  if (block < frame.firstBlock) throw beforeHistory(frame, block)
  const snapshot = await look('byNumber', block)
  if (snapshot === undefined) throw beforeHistory(frame, block)
  return asOfBlock(frame, block, snapshot)
}

async function atHash(look: LookUp, frame: Frame, hash: string): Promise<AsOf> {
  const snapshot = await look('byHash', hash)
  if (snapshot !== undefined) return asOfBlock(frame, snapshot.block, snapshot)
  const { head } = frame
  if (hash !== head.hash) throw new BlockHashUnknown({ hash })
  const { timestamp } = head
  const asOf = await atNumber(look, frame, head.block)
  return { ...asOf, hash: head.hash, timestamp, instant: timestamp, settled: false }
}

async function atTimestamp(look: LookUp, frame: Frame, timestamp: number): Promise<AsOf> {
  if (timestamp > frame.head.timestamp) throw notIndexedYet(frame, isoOf(timestamp))
  const snapshot = await look('byTimestamp', timestamp)
  if (snapshot === undefined) throw beforeHistory(frame, isoOf(timestamp))
  // Until a later final block is known, a reorganisation can still put events before this time.
  const next = await look('after', timestamp)
  const finalized = next !== undefined && next.block <= frame.finalizedBlock
  return {
    ...asOfBlock(frame, snapshot.block, snapshot),
    instant: timestamp,
    finalized,
    settled: finalized,
  }
}

function asOfBlock(frame: Frame, block: number, snapshot: SnapshotRef): AsOf {
  const known = block === snapshot.block ? snapshot : undefined
  const finalized = block <= frame.finalizedBlock
  return {
    block,
    hash: known?.hash ?? null,
    timestamp: known?.timestamp ?? null,
    instant: snapshot.timestamp,
    finalized,
    lagSeconds: null,
    settled: finalized,
    partial: frame.partial,
    snapshot,
  }
}

function referenceTo(row: Row): SnapshotRef {
  return {
    block: whole(row, 'block_number'),
    hash: hex(row, 'hash'),
    timestamp: seconds(row, 'timestamp'),
    digest: text(row, 'digest'),
  }
}

function notIndexedYet({ head }: Frame, asked: number | string): NotIndexedYet {
  return new NotIndexedYet({ asked, headBlock: head.block, headTimestamp: isoOf(head.timestamp) })
}

function beforeHistory({ firstBlock }: Frame, asked: number | string): BeforeHistory {
  return new BeforeHistory({ asked, firstBlock })
}
