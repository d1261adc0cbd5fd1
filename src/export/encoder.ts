import type { Cells } from '../core/datasets/dataset'

/**
 * Rows of a bundle that leaves nothing held back in any encoder: the rows of a Parquet row group. Fixed, since the bytes of
 * a file depend on it; small, since a group is in memory as a whole.
 */
export const GROUP_ROWS = 10_000

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

/** An encoder whose work another one can go on with, in another process. */
export interface ResumableEncoder extends Encoder {
  /**
   * What the end of the file will say of the rows since the last note, as one line of text. An encoder that is given all
   * notes goes on after those rows, without `start`.
   * @throws TypeError while rows are held back: after anything but whole multiples of GROUP_ROWS
   */
  note(): string
}
