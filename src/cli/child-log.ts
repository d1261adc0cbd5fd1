import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

/** A log file is set aside when it has grown to this many bytes; one older generation is kept. */
const MOST_BYTES = 10_000_000

export interface ChildLog {
  readonly file: string
  append(text: string): void
}

/** Keeps what a child process prints under the data directory, bounded in size for years of running. */
export function openChildLog(dataDir: string, name: string): ChildLog {
  const folder = path.join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}.log`)
  let size = existsSync(file) ? statSync(file).size : 0
  return {
    file,
    append(text) {
      if (size > MOST_BYTES) {
        renameSync(file, `${file}.1`)
        size = 0
      }
      try {
        appendFileSync(file, text)
        size += Buffer.byteLength(text)
      } catch {
        // A full disk must not end the supervisor; what the child does about it is its own affair.
      }
    },
  }
}
