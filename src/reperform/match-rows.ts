import { createHash } from 'node:crypto'
import type { Cells } from '../core/datasets/dataset'
import type { Encoder } from '../export/encoder'
import { matchBytes } from './match-bytes'

/** What a file of rows comes out as that is made anew, beside the one that is there. */
export interface MatchedRows {
  readonly rows: number
  readonly bytes: number
  /** Of the bytes that were made; 64 hex digits. */
  readonly sha256: string
  readonly difference: ByteDifference | undefined
}

/** Where two files of rows begin to differ. */
export interface ByteDifference {
  /** Of the first byte that differs. */
  readonly offset: number
  /** Rows that were made around there: those from `firstRow` on, which counts from 0. */
  readonly firstRow: number
  readonly rows: readonly Cells[]
  /** Whether no row comes after these. */
  readonly isAtEnd: boolean
}

/** Holds a file against rows as they are made. */
export interface RowMatch {
  add(rows: readonly Cells[]): void
  /** No more rows. */
  finish(): MatchedRows
  close(): void
}

/** @throws an error of the file system, where the file cannot be read */
export function matchRows(path: string, encoder: Encoder): RowMatch {
  const match = matchBytes(path)
  const sha256 = createHash('sha256')
  let rowCount = 0
  /** Rows that the bytes to come may be of: those of the newest bundle, and those that the encoder holds back. */
  let recent: (readonly Cells[])[] = []
  let recentFrom = 0
  let difference: ByteDifference | undefined

  const expect = (bytes: Uint8Array): void => {
    sha256.update(bytes)
    match.expect(bytes)
  }
  const note = (isAtEnd: boolean): void => {
    const offset = match.difference()
    if (offset === undefined || difference !== undefined) return
    difference = { offset, firstRow: recentFrom, rows: recent.flat(), isAtEnd }
    recent = []
  }
  expect(encoder.start())
  note(false)
  return {
    add(rows) {
      if (rows.length === 0) return
      if (difference === undefined) recent.push(rows)
      rowCount += rows.length
      const bytes = encoder.add(rows)
      expect(bytes)
      note(false)
      if (bytes.length === 0 || difference !== undefined) return
      // An encoder gives out its groups as soon as they are full: what it holds back is the end of these rows.
      recent = [rows]
      recentFrom = rowCount - rows.length
    },
    finish() {
      expect(encoder.finish())
      match.expectEnd()
      note(true)
      match.close()
      return { rows: rowCount, bytes: match.expected(), sha256: sha256.digest('hex'), difference }
    },
    close: () => match.close(),
  }
}
