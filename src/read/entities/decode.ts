import { amount, flag, type Row, seconds, text, whole } from '../row'
import type { Column, EntityRow } from './entity'

type Decode = (row: Row, name: string) => unknown

/** Decodes rows of these columns. It fails loudly on a value of another type: see src/read/row.ts. */
export function decoderOf(columns: readonly Column[]): (row: Row) => EntityRow {
  const steps = columns.map((column) => ({ ...column, decode: decodeOf(column) }))
  return (row) => {
    const decoded: Record<string, unknown> = {}
    for (const { field, name, isNullable, decode } of steps) {
      decoded[field] = isNullable && row[name] === null ? null : decode(row, name)
    }
    return decoded
  }
}

function decodeOf({ kind }: Column): Decode {
  switch (kind) {
    case 'integer':
      return whole
    case 'amount':
    case 'decimal':
      return amount
    case 'time':
      return seconds
    case 'flag':
      return flag
    case 'list':
    case 'objects':
      return elements
    default:
      return text
  }
}

function elements(row: Row, column: string): readonly unknown[] {
  const value = row[column]
  if (!Array.isArray(value)) throw new TypeError(`column ${column} is not an array`)
  return value
}
