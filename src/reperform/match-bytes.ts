import { closeSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs'

/** The file that is there cannot be compared; says why. */
export class FileUnreadable extends Error {}

/** Holds a file against bytes that are made anew, piece by piece, without keeping either. */
export interface ByteMatch {
  /** The next bytes that should be in the file. Does nothing after the first difference. */
  expect(bytes: Uint8Array): void
  /** Nothing more should be in it. */
  expectEnd(): void
  /** Offset of the first byte that differs, or of where one of both ends before the other; undefined if none does. */
  difference(): number | undefined
  /** Bytes that were expected so far. */
  expected(): number
  close(): void
}

/**
 * Reads as it is called: what it is compared with was just computed, on this same thread.
 * @throws FileUnreadable, as `expect` does
 */
export function matchBytes(path: string): ByteMatch {
  const file = reading(() => openFile(path))
  let buffer = Buffer.alloc(0)
  let expected = 0
  let difference: number | undefined
  let isOpen = true
  return {
    expect(bytes) {
      const at = expected
      expected += bytes.length
      if (difference !== undefined || bytes.length === 0) return
      if (buffer.length < bytes.length) buffer = Buffer.alloc(bytes.length)
      const found = buffer.subarray(
        0,
        reading(() => readFully(file, buffer, bytes.length)),
      )
      if (!found.equals(bytes)) difference = at + firstDifference(found, bytes)
    },
    expectEnd() {
      if (difference === undefined && fstatSync(file).size > expected) difference = expected
    },
    difference: () => difference,
    expected: () => expected,
    close() {
      if (isOpen) closeSync(file)
      isOpen = false
    },
  }
}

/** A link may lead anywhere, and what differs there would be printed; a pipe would be waited for. */
function openFile(path: string): number {
  if (lstatSync(path).isFile()) return openSync(path, 'r')
  throw new FileUnreadable('it is not a file')
}

function reading<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof FileUnreadable) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new FileUnreadable(
      code === 'ENOENT' ? 'the file is not there' : `the file cannot be read (${code})`,
    )
  }
}

/** @returns how many bytes there were: fewer than asked for only at the end of the file */
function readFully(file: number, buffer: Buffer, length: number): number {
  let filled = 0
  while (filled < length) {
    const read = readSync(file, buffer, filled, length - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled
}

function firstDifference(found: Uint8Array, expected: Uint8Array): number {
  const length = Math.min(found.length, expected.length)
  for (let index = 0; index < length; index += 1) if (found[index] !== expected[index]) return index
  return length
}
