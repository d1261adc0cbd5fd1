import type { Cells } from '../../core/datasets/dataset'

/** A row with its number, from 1. */
export interface NumberedRow {
  readonly row: number
  readonly cells: Cells
}

export interface RowReader {
  /** The rows up to the first one of a later block. */
  upTo(block: number): AsyncIterable<NumberedRow>
  close(): Promise<void>
}

/** Reads rows in step with something else: bundles come as they come, blocks are asked for one by one. */
export function createRowReader(
  bundles: AsyncIterable<readonly Cells[]>,
  blockOf: (cells: Cells) => number,
): RowReader {
  let iterator: AsyncIterator<readonly Cells[]> | undefined
  let bundle: readonly Cells[] = []
  let next = 0
  let row = 0
  return {
    async *upTo(block: number): AsyncGenerator<NumberedRow> {
      iterator ??= bundles[Symbol.asyncIterator]()
      for (;;) {
        const cells = bundle[next]
        if (cells === undefined) {
          const read = await iterator.next()
          if (read.done) return
          bundle = read.value
          next = 0
        } else {
          if (blockOf(cells) > block) return
          next += 1
          row += 1
          yield { row, cells }
        }
      }
    },
    async close(): Promise<void> {
      await iterator?.return?.()
    },
  }
}
