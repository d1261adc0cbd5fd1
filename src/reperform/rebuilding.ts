import type { Bundle } from './bundle'
import type { Marks } from './marks'

/** How a file came out that was made anew. */
export interface Rebuilt {
  readonly rows: number
  readonly bytes: number
  /** Of the bytes that were made; 64 hex digits. */
  readonly sha256: string
  /** Where the file that is there differs from them, and how; undefined where it does not. */
  readonly place: string | undefined
}

/** A file that is made anew from history. */
export interface Rebuilding {
  /** Takes history as it goes by, from its first bundle on. */
  add(bundle: Bundle): void
  /** @throws an error of the file system, as `add` does, where the file cannot be read */
  finish(marks: Marks): Promise<Rebuilt>
  /** Leaves nothing behind, finished or not. */
  close(): void
}
