import type { Hash } from '../core/address'
import { CursorInvalid } from './errors'
import { hexOrNull, oneOf, type Row, type RunQuery, seconds, text, whole, wholeOrNull } from './row'

/** What can be taken back: the tables to which the indexer only adds rows. */
export const CORRECTED_ENTITIES = [
  'TRANSFER',
  'BURN',
  'STAKE',
  'REWARD',
  'TREASURY_FLOW',
  'PRICE',
  'UPGRADE',
  'SNAPSHOT',
  'INVARIANT_BREAK',
] as const

/** Most corrections that are read at once. */
export const MOST_CORRECTIONS = 1000

/** Before the first correction. */
const NONE = '0'.repeat(16)

/** A row that a reorganisation took back. */
export interface CorrectionRow {
  /** Text order is the order in which rows were taken back. */
  readonly id: string
  readonly entity: (typeof CORRECTED_ENTITIES)[number]
  readonly rowId: string
  readonly blockNumber: number
  readonly blockHash: Hash | null
  /** Time of that block in unix seconds. */
  readonly blockTimestamp: number
  /** The block that was indexed next at that height; null before there is one, and where nothing tells of it. */
  readonly replacementHash: Hash | null
  /** Time of the block of `replacementHash` in unix seconds; null with it. */
  readonly replacementTimestamp: number | null
  /** Newest block that the chain before and the chain after have in common. */
  readonly baseBlock: number
  /** Unix seconds. */
  readonly takenBackAt: number
}

/** How far back reorganisations went since somebody last looked. */
export interface Setback {
  /** Id of the newest correction: where to look on from. */
  readonly newest: string
  /** Rows above this block may be others now; null if none were taken back. */
  readonly baseBlock: number | null
}

/** Id of the newest correction; an id before all others if there is none. */
export async function newestCorrection(query: RunQuery): Promise<string> {
  const [row] = await query('select id from correction order by id desc limit 1')
  return row === undefined ? NONE : text(row, 'id')
}

/**
 * Corrections after one of them, in the order in which rows were taken back; 1000 at most.
 * @throws CursorInvalid (E5020)
 */
export async function correctionsSince(query: RunQuery, after: string): Promise<readonly CorrectionRow[]> {
  if (!/^\d{16}$/.test(after)) throw new CursorInvalid({ cursor: after })
  const rows = await query(
    `select id, entity, row_id, block_number, block_hash, block_timestamp, replacement_hash, replacement_timestamp,
            base_block, taken_back_at
     from correction where id > $1 order by id limit $2`,
    [after, MOST_CORRECTIONS],
  )
  return rows.map(correctionOf)
}

/** What corrections after one of them add up to. */
export async function setbackSince(query: RunQuery, after: string): Promise<Setback> {
  const [row = {}] = await query(
    'select coalesce(max(id), $1) as newest, min(base_block) as base_block from correction where id > $1',
    [after],
  )
  return { newest: text(row, 'newest'), baseBlock: wholeOrNull(row, 'base_block') }
}

/**
 * How far back reorganisations went since a row was taken back, that one included.
 * @returns the newest block that is left of then; null if the row was never taken back
 */
export async function baseSinceTakenBack(
  query: RunQuery,
  entity: CorrectionRow['entity'],
  rowId: string,
): Promise<number | null> {
  const [row = {}] = await query(
    `select min(base_block) as base_block from correction
     where id >= (select min(id) from correction where entity = $1 and row_id = $2)`,
    [entity, rowId],
  )
  return wholeOrNull(row, 'base_block')
}

function correctionOf(row: Row): CorrectionRow {
  return {
    id: text(row, 'id'),
    entity: oneOf(row, 'entity', CORRECTED_ENTITIES),
    rowId: text(row, 'row_id'),
    blockNumber: whole(row, 'block_number'),
    blockHash: hexOrNull(row, 'block_hash'),
    blockTimestamp: seconds(row, 'block_timestamp'),
    replacementHash: hexOrNull(row, 'replacement_hash'),
    replacementTimestamp: row.replacement_timestamp === null ? null : seconds(row, 'replacement_timestamp'),
    baseBlock: whole(row, 'base_block'),
    takenBackAt: seconds(row, 'taken_back_at'),
  }
}
