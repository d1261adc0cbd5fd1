import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import { createEncoder } from '../export/encoders'
import type { DataFormat, Manifest } from '../export/manifest'
import { readCells } from '../export/read-file'
import { FileDeviates, placeText } from '../export/verify/errors'
import { type ByteDifference, type MatchedRows, matchRows, type RowMatch } from './match-rows'
import { timeOf } from './range-of'
import type { Rebuilding } from './rebuilding'
import { rowDifference } from './row-difference'
import type { RowSource } from './row-source'

/** A data file, as its manifest describes it, and where it is. */
export interface DataFile {
  readonly path: string
  readonly manifest: Pick<Manifest, 'file' | 'fromBlock' | 'toBlock' | 'time'>
  readonly format: DataFormat
  readonly columns: readonly DatasetColumn[]
}

/** A data file whose rows a source gives as history goes by. */
export function rebuildRows(file: DataFile, source: RowSource): Rebuilding {
  const { fromBlock, toBlock } = file.manifest
  const until = timeOf(file.manifest).time?.to ?? 0
  // Opened when its blocks come, and closed when they are over: a partitioned data set has many files.
  let match: RowMatch | undefined
  let matched: MatchedRows | undefined
  const add = (rows: readonly Cells[]): RowMatch => {
    match ??= matchRows(file.path, createEncoder(file.format, file.columns))
    match.add(rows)
    return match
  }
  return {
    add(bundle) {
      if (matched !== undefined) return
      const rows = source.add(bundle)
      if (bundle.toBlock >= fromBlock) add(rows)
      // Its last rows may be of a time after its last block: only once that is over are they known.
      if (bundle.toBlock >= toBlock && bundle.toTimestamp >= until) matched = add(source.finish()).finish()
    },
    async finish() {
      const { difference, ...rebuilt } = matched ?? add(source.finish()).finish()
      return { ...rebuilt, place: difference && (await placeOf(difference, file)) }
    },
    close: () => match?.close(),
  }
}

async function placeOf(
  difference: ByteDifference,
  { path, manifest, format, columns }: DataFile,
): Promise<string> {
  const byte = `byte ${difference.offset}`
  try {
    const found = await rowDifference(difference, readCells(path, format, columns, manifest.file), columns)
    if (found === undefined) return `${byte}: the rows are equal, but not how they are written`
    const { row, block, column, says } = found
    const parts = [`row ${row}`, ...(block === undefined ? [] : [`block ${block}`])]
    return `${[...parts, ...(column === undefined ? [] : [`column ${column}`]), byte].join(', ')}: ${says}`
  } catch (error) {
    if (!(error instanceof FileDeviates))
      return `${byte}: ${error instanceof Error ? error.message : String(error)}`
    // Whoever reads files says where: row, line and column.
    return [byte, placeText(error.place).replace(/^, /, ''), error.problem].filter(Boolean).join(': ')
  }
}
