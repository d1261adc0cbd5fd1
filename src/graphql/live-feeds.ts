import type { AsOf } from '../read/as-of'
import { type CorrectionRow, MOST_CORRECTIONS } from '../read/corrections'
import { cursorOf } from '../read/entities/cursor'
import { entityNamed } from '../read/entities/entities'
import type { EntityRow } from '../read/entities/entity'
import { MOST_ROWS } from '../read/entities/entity-page'
import { orderOf } from '../read/entities/order'
import { CursorInvalid } from '../read/errors'
import type { Reads } from '../read/reads'

/**
 * What a subscriber follows. A position is all that is kept of a subscriber: what is new is read when it can be taken, so
 * that a slow one costs no more than a fast one, and loses nothing.
 */
export interface Feed<Position, News> {
  /** Where a new subscriber begins. */
  begin(reads: Reads): Promise<Position>
  /** What is new after a position. */
  next(reads: Reads, position: Position): Promise<Step<Position, News>>
}

export interface Step<Position, News> {
  readonly position: Position
  /** Undefined if there is nothing to tell. */
  readonly news: News | undefined
  /** Whether there is more than fits in one message. */
  readonly isMore: boolean
}

/** The head: told once to begin with, then whenever it is another block. */
export function headFeed(headOf: (reads: Reads) => Promise<AsOf>): Feed<string | null, AsOf> {
  return {
    async begin(reads) {
      await headOf(reads)
      return null
    },
    async next(reads, position) {
      const head = await headOf(reads)
      return { position: head.hash, news: head.hash === position ? undefined : head, isMore: false }
    },
  }
}

/** The place of an event in the chain. */
interface Place {
  readonly blockNumber: number
  readonly logIndex: number
}

/** How far somebody has followed a ledger, and the corrections of it. */
interface LedgerPosition {
  /** The last row; null before the first. */
  readonly place: Place | null
  readonly correction: string
}

/**
 * Burns in the order of the chain, each once. Where a reorganisation took blocks back, it goes on from the newest block that
 * is left.
 * @param after id of the burn after which to begin; undefined for the newest
 * @throws CursorInvalid (E5020)
 */
export function burnFeed(after: string | undefined): Feed<LedgerPosition, readonly EntityRow[]> {
  const burn = entityNamed('Burn')
  const fields = [...burn.columns.keys()]
  const start = after === undefined ? undefined : placeOf(after)
  return {
    async begin(reads) {
      const correction = await reads.newestCorrection()
      if (start !== undefined && after !== undefined) {
        // A burn that was taken back meanwhile is followed by those of the blocks that took its place.
        const base = await reads.baseSinceTakenBack('BURN', after)
        return { place: base === null ? start : notAbove(start, base), correction }
      }
      const [newest] = await reads.entityList(burn, { fields: ['id'], direction: 'desc' }, ONE)
      return { place: newest === undefined ? null : placeOf(String(newest.id)), correction }
    },
    async next(reads, position) {
      const { newest: correction, baseBlock } = await reads.setbackSince(position.correction)
      const from = baseBlock === null ? position.place : notAbove(position.place, baseBlock)
      const cursor = from === null ? {} : { after: cursorOf(orderOf(burn, undefined, 'asc'), { ...from }) }
      const { rows } = await reads.entityPage(burn, { fields, direction: 'asc', ...cursor }, PAGE)
      const last = rows.at(-1)
      return {
        position: { place: last === undefined ? from : placeOf(String(last.id)), correction },
        news: rows.length === 0 ? undefined : rows,
        isMore: rows.length === PAGE.most,
      }
    },
  }
}

const ONE = { most: 1, byDefault: 1 }
const PAGE = { most: MOST_ROWS, byDefault: MOST_ROWS }
/** Above any log index. */
const END_OF_BLOCK = 999_999

function placeOf(id: string): Place {
  const [, blockNumber, logIndex] = /^(\d{10})-(\d{6})$/.exec(id) ?? []
  if (blockNumber === undefined || logIndex === undefined) throw new CursorInvalid({ cursor: id })
  return { blockNumber: Number(blockNumber), logIndex: Number(logIndex) }
}

/** A place, or the end of a block if it is above that. */
function notAbove(place: Place | null, block: number): Place | null {
  if (place === null || place.blockNumber <= block) return place
  return { blockNumber: block, logIndex: END_OF_BLOCK }
}

/**
 * Rows that were taken back, in the order in which they were.
 * @param after id of the correction after which to begin; undefined for the newest
 */
export function correctionFeed(after: string | undefined): Feed<string, readonly CorrectionRow[]> {
  return {
    async begin(reads) {
      if (after === undefined) return reads.newestCorrection()
      // Refuses what is no position, before anything is promised.
      await reads.correctionsSince(after)
      return after
    },
    async next(reads, position) {
      const rows = await reads.correctionsSince(position)
      return {
        position: rows.at(-1)?.id ?? position,
        news: rows.length === 0 ? undefined : rows,
        isMore: rows.length === MOST_CORRECTIONS,
      }
    },
  }
}
