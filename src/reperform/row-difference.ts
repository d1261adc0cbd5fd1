import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import type { ByteDifference } from './match-rows'

/** The first row of a file that is not as the chain says. */
export interface RowDifference {
  /** From 1, without a header. */
  readonly row: number
  /** Block of the row that should be there; of the one that is, where none should. */
  readonly block: string | undefined
  /** Undefined where it is another row, one too many, or none. */
  readonly column: string | undefined
  /** One sentence without a full stop: what the chain says, and what the file says. */
  readonly says: string
}

/** What tells which row it is, apart from what it says. */
const KEYS = ['date', 'block_number', 'log_index']

/**
 * Finds the row that a difference of bytes lies in, by reading the file up to there.
 * @param found the file's rows from its beginning on
 * @returns undefined where all of them are equal: then it lies in how they are written
 */
export async function rowDifference(
  { firstRow, rows, isAtEnd }: ByteDifference,
  found: AsyncIterable<readonly Cells[]>,
  columns: readonly DatasetColumn[],
): Promise<RowDifference | undefined> {
  const block = columns.findIndex(({ name }) => name === 'block_number' || name === 'closing_block')
  const blockOf = (cells: Cells): string | undefined => cells[block] ?? undefined
  let row = 0
  for await (const bundle of found) {
    for (const cells of bundle) {
      row += 1
      const index = row - 1 - firstRow
      const expected = rows[index]
      if (index < 0) continue
      if (expected !== undefined) {
        const column = differingColumn(columns, expected, cells)
        if (column === undefined) continue
        return { row, block: blockOf(expected), ...inColumn(columns, expected, cells, column) }
      }
      if (!isAtEnd) return undefined
      const says = `the chain has no more rows, the file has ${keyOf(columns, cells)}`
      return { row, block: blockOf(cells), column: undefined, says }
    }
  }
  const expected = rows[row - firstRow]
  if (expected === undefined) return undefined
  const says = `the chain has ${keyOf(columns, expected)}, the file has no more rows`
  return { row: row + 1, block: blockOf(expected), column: undefined, says }
}

/** A column that tells the rows apart goes first: where a row is gone, all that follow are in other places. */
function differingColumn(columns: readonly DatasetColumn[], a: Cells, b: Cells): number | undefined {
  const differing = columns.flatMap((_, index) => (a[index] === b[index] ? [] : [index]))
  return differing.find((index) => KEYS.includes(columns[index]?.name ?? '')) ?? differing[0]
}

function inColumn(
  columns: readonly DatasetColumn[],
  expected: Cells,
  found: Cells,
  index: number,
): Pick<RowDifference, 'column' | 'says'> {
  const column = columns[index]?.name ?? ''
  if (KEYS.includes(column)) {
    const says = `the chain has ${keyOf(columns, expected)} here, the file has ${keyOf(columns, found)}`
    return { column: undefined, says }
  }
  return { column, says: `the chain says ${shown(expected[index])}, the file says ${shown(found[index])}` }
}

/** Which row it is, such as `block_number 12, log_index 3`. */
function keyOf(columns: readonly DatasetColumn[], cells: Cells): string {
  const keys = columns.flatMap(({ name }, index) => (KEYS.includes(name) ? [`${name} ${cells[index]}`] : []))
  return `the row of ${keys.join(', ')}`
}

function shown(cell: string | null | undefined): string {
  return cell === null || cell === undefined ? 'nothing' : JSON.stringify(cell)
}
