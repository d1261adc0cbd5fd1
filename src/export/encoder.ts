import type { Cells } from '../core/datasets/dataset'

/**
 * Turns rows into the bytes of a file, piece by piece. The bytes depend on the rows alone: not on how they are bundled, nor
 * on the machine, nor on the clock.
 */
export interface Encoder {
  /** What comes before the first row. */
  start(): Uint8Array
  /** What these rows add by now; some formats hold rows back until a group of them is full. */
  add(rows: readonly Cells[]): Uint8Array
  /** What is left, and what comes after the last row. */
  finish(): Uint8Array
}
