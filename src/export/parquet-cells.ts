import type { CellKind, Cells, DatasetColumn } from '../core/datasets/dataset'
import { isoOf } from '../core/iso-time'
import { formatUnits } from '../core/units'
import { quoted, spellingProblem } from './cell-spelling'
import type { ParquetColumn } from './parquet-columns'
import { FileDeviates } from './verify/errors'

const DAY_SECONDS = 86_400
const MICROSECONDS = 1_000_000n
/** Of a decimal of 38 digits. */
const DECIMAL_BYTES = 16
const MOST = 10n ** 38n

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
    const { element, cell: at } = stored[index] as ParquetColumn
    const column = columns[at] as DatasetColumn
    const value = values[index] ?? null
    if (element.converted_type === 'DECIMAL') {
      const scale = element.scale ?? 0
      const cell = cells[at] ?? null
      const [expected, found] = [decimalOf(cell, scale), value === null ? null : storedDecimal(value)]
      if (found === expected) continue
      const told = found === null ? null : formatUnits(found, scale)
      const problem = `is ${quoted(told)}, and ${column.name} is ${quoted(cell)}`
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
    return isoOf(seconds)
  } catch {
    return undefined
  }
}

/** What a decimal column has beside a cell, in its smallest unit; null where 38 digits are too few. */
function decimalOf(cell: string | null, scale: number): bigint | null {
  if (cell === null) return null
  const [whole = '', fraction = ''] = cell.split('.')
  const value = BigInt(whole + fraction.padEnd(scale, '0'))
  return value < MOST && value > -MOST ? value : null
}

/** Two's complement, the highest byte first. */
function storedDecimal(value: unknown): bigint {
  if (!(value instanceof Uint8Array) || value.length !== DECIMAL_BYTES)
    throw new TypeError('a decimal is not 16 bytes')
  const view = new DataView(value.buffer, value.byteOffset, DECIMAL_BYTES)
  const high = view.getBigInt64(0)
  const low = view.getBigUint64(8)
  return high === 0n ? low : (high << 64n) + low
}
