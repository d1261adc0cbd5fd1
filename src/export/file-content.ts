import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import { GROUP_ROWS } from './encoder'
import { createEncoder } from './encoders'
import type { DataFormat } from './manifest'
import type { Checkpoint, RowPosition } from './part-journal'

/** A piece of a file, with the rows that came in since the piece before. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly rows: number
  /** Of the last of them, where rows say it. */
  readonly block?: number | undefined
  /** There, where another process can go on behind this piece: what it has to be told. Not to be asked without need. */
  readonly resume?: () => Pick<Checkpoint, 'after' | 'note'>
}

/** What is in a file, piece by piece: all of it, or what comes behind checkpoints of it. */
export type FileContent = (checkpoints: readonly Checkpoint[]) => AsyncIterable<Piece>

/** Rows of a data set, in whatever bundles they come. */
export interface RowSource {
  /** All of them, or those behind a row. */
  readonly rows: (after?: RowPosition) => AsyncIterable<readonly Cells[]>
  /** Whether there is a way to ask for those behind a row. */
  readonly isResumable: boolean
}

/** A data file. */
export function dataContent(
  format: DataFormat,
  columns: readonly DatasetColumn[],
  { rows, isResumable }: RowSource,
): FileContent {
  const positionOf = positionIn(columns)
  return async function* (checkpoints) {
    const last = checkpoints.at(-1)
    const notes = checkpoints.map(({ note }) => note)
    const encoder = createEncoder(format, columns, notes)
    if (last === undefined) yield { bytes: encoder.start(), rows: 0 }
    for await (const { bundle, isGroupEnd } of cutAtGroups(rows(last?.after))) {
      const bytes = encoder.add(bundle)
      const after = positionOf?.(bundle.at(-1) as Cells)
      const piece = { bytes, rows: bundle.length, block: after?.blockNumber }
      // A part of a group is held back by some encoders.
      const canResume = isResumable && after !== undefined && isGroupEnd
      yield canResume ? { ...piece, resume: () => ({ after, note: encoder.note() }) } : piece
    }
    yield { bytes: encoder.finish(), rows: 0 }
  }
}

/** A file of another program, which is small and made in one go. */
export function wholeContent(pieces: () => AsyncGenerator<Uint8Array, number>): FileContent {
  return async function* () {
    const source = pieces()
    while (true) {
      const { done, value } = await source.next()
      yield done ? { bytes: new Uint8Array(0), rows: value } : { bytes: value, rows: 0 }
      if (done) return
    }
  }
}

/** How a row says where it is in the chain; undefined for rows that do not, and are few. */
function positionIn(columns: readonly DatasetColumn[]): ((row: Cells) => RowPosition) | undefined {
  const block = columns.findIndex(({ name }) => name === 'block_number')
  const log = columns.findIndex(({ name }) => name === 'log_index')
  if (block < 0) return undefined
  return (row) => ({ blockNumber: Number(row[block]), logIndex: log < 0 ? 0 : Number(row[log]) })
}

interface Cut {
  readonly bundle: readonly Cells[]
  /** Whether so far there are a whole number of groups. */
  readonly isGroupEnd: boolean
}

/**
 * The rows again, no bundle across the end of a group of GROUP_ROWS. They go on as they come: thousands of rows that wait
 * for others are copied by every clearing of V8's young memory.
 */
async function* cutAtGroups(bundles: AsyncIterable<readonly Cells[]>): AsyncGenerator<Cut> {
  let room = GROUP_ROWS
  for await (let bundle of bundles) {
    while (bundle.length >= room) {
      yield { bundle: bundle.slice(0, room), isGroupEnd: true }
      bundle = bundle.slice(room)
      room = GROUP_ROWS
    }
    if (bundle.length > 0) yield { bundle, isGroupEnd: false }
    room -= bundle.length
  }
}
