import type { CellKind, Cells, DatasetColumn } from '../core/datasets/dataset'
import { spellTime } from '../core/datasets/spell-cell'
import { formatUnits } from '../core/units'
import { quoted, spellingProblem } from './cell-spelling'
import type { ParquetColumn } from './parquet-columns'
import { FileDeviates } from './verify/errors'

const DAY_SECONDS = 86_400
const MICROSECONDS = 1_000_000n

/**
 * A row of a Parquet file as cells.
 * @param values of the row as they are stored, without the meaning of their types
 * @param row from 1
 * @throws FileDeviates (E7020) where a decimal is not its string, and where a cell is not spelled as cells are
 */
export function parquetCells(
  values: readonly unknown[],
  stored: readonly ParquetColumn[],
  columns: readonly DatasetColumn[],
  row: number,
  name: string,
): Cells {
  const cells: (string | null)[] = []
  for (let index = 0; index < stored.length; index += 1) {
    const { element, cell: at, values: kind } = stored[index] as ParquetColumn
    const column = columns[at] as DatasetColumn
    const value = values[index] ?? null
    if (element.converted_type === 'DECIMAL') {
      const cell = cells[at] ?? null
      const expected = cell !== null && (kind.fits?.(cell) ?? true) ? cell : null
      const found = value === null ? null : formatUnits(decimalOf(value), element.scale ?? 0)
      if (found === expected) continue
      const problem = `is ${quoted(found)}, and ${column.name} is ${quoted(cell)}`
      throw new FileDeviates(problem, { row, column: element.name }, name)
    }
    const cell = value === null ? null : cellOf(value, column.kind)
    const problem = cell === undefined ? 'is of another type' : spellingProblem(cell, column)
    if (problem !== undefined) throw new FileDeviates(problem, { row, column: column.name }, name)
    cells[at] = cell ?? null
  }
  return cells
}

/** @returns undefined where the value is none of this kind */
function cellOf(value: unknown, kind: CellKind): string | undefined {
  switch (kind) {
    case 'integer':
      return typeof value === 'bigint' ? value.toString() : undefined
    case 'time':
      // Parts of a second are no part of any time here; whatever has them is not one.
      if (typeof value !== 'bigint' || value % MICROSECONDS !== 0n) return undefined
      return timeOf(Number(value / MICROSECONDS))
    case 'date':
      return typeof value === 'number' ? timeOf(value * DAY_SECONDS)?.slice(0, 10) : undefined
    case 'flag':
      return typeof value === 'boolean' ? `${value}` : undefined
    default:
      return typeof value === 'string' ? value : undefined
  }
}

function timeOf(seconds: number): string | undefined {
  try {
    return spellTime(seconds)
  } catch {
    return undefined
  }
}

/** Two's complement, the highest byte first. */
function decimalOf(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) throw new TypeError('a decimal is not bytes')
  return BigInt.asIntN(128, BigInt(`0x${Buffer.from(value).toString('hex')}`))
}
