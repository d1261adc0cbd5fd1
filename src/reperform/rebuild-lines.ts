import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { type ByteMatch, matchBytes } from './match-bytes'
import type { Rebuilt } from './rebuilding'

/** How much of a line that differs is shown: one of proofs has many kilobytes. */
const MOST_SHOWN = 120

/**
 * Makes a text anew that is not made of a dataset's rows, and compares it with the one that is there.
 * @param pieces of the text; they tell in the end how many rows there are
 * @throws an error of the file system, where the file cannot be read
 */
export async function rebuildLines(
  path: string,
  pieces: AsyncGenerator<Uint8Array, number>,
): Promise<Rebuilt> {
  const match = matchBytes(path)
  try {
    return await matchLines(path, match, pieces)
  } finally {
    match.close()
  }
}

async function matchLines(
  path: string,
  match: ByteMatch,
  pieces: AsyncGenerator<Uint8Array, number>,
): Promise<Rebuilt> {
  const sha256 = createHash('sha256')
  let place: string | undefined
  /** The line that the last piece ended within, how many were before it, and where it begins. */
  let begun = Buffer.alloc(0)
  let linesBefore = 0
  let begunAt = 0
  for (;;) {
    const piece = await pieces.next()
    if (piece.done) match.expectEnd()
    else {
      sha256.update(piece.value)
      match.expect(piece.value)
    }
    const text = piece.done ? begun : Buffer.concat([begun, piece.value])
    const offset = match.difference()
    if (offset !== undefined && place === undefined) {
      place = placeOf(path, text, offset - begunAt, linesBefore, begunAt)
    }
    if (piece.done) {
      return { rows: piece.value, bytes: match.expected(), sha256: sha256.digest('hex'), place }
    }
    const end = text.lastIndexOf('\n') + 1
    linesBefore += countLines(text.subarray(0, end))
    begunAt += end
    begun = Buffer.from(text.subarray(end))
  }
}

/** @param offset of the difference within `text`, which begins at `begunAt` of the file with line `linesBefore` + 1 */
function placeOf(path: string, text: Buffer, offset: number, linesBefore: number, begunAt: number): string {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  const line = linesBefore + countLines(text.subarray(0, start)) + 1
  const column = offset - start
  const expected = shown(text.subarray(start), column)
  const found = shown(readAt(path, begunAt + start, column + MOST_SHOWN), column)
  return `line ${line}, byte ${begunAt + offset}: the chain says ${expected}, the file says ${found}`
}

/** The line that begins here, around the byte that differs. */
function shown(bytes: Buffer, column: number): string {
  if (bytes.length === 0) return 'nothing more'
  const end = bytes.indexOf('\n')
  const line = end < 0 ? bytes : bytes.subarray(0, end)
  const from = Math.max(Math.min(column, line.length) - MOST_SHOWN / 2, 0)
  const text = line.subarray(from, from + MOST_SHOWN).toString('utf8')
  const [before, after] = [from > 0 ? '…' : '', from + MOST_SHOWN < line.length ? '…' : '']
  return JSON.stringify(`${before}${text}${after}`)
}

function readAt(path: string, position: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(length)
    return buffer.subarray(0, readSync(file, buffer, 0, length, position))
  } finally {
    closeSync(file)
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === 10) count += 1
  return count
}
