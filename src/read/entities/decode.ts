import { amount, flag, type Row, seconds, text, whole } from '../row'
import type { Column, EntityRow } from './entity'

type Decode = (row: Row, name: string) => unknown

/** Decodes rows of these columns. It fails loudly on a value of another type: see src/read/row.ts. */
export function decoderOf(columns: readonly Column[]): (row: Row) => EntityRow {
  const fields = columns.map(({ field }) => field)
  const names = columns.map(({ name }) => name)
  const decoders = columns.map((column) => (column.isNullable ? orNull(decodeOf(column)) : decodeOf(column)))
  return (row) => {
    const decoded: Record<string, unknown> = {}
    for (let at = 0; at < fields.length; at += 1) {
      decoded[fields[at] as string] = (decoders[at] as Decode)(row, names[at] as string)
    }
    return decoded
  }
}

function orNull(decode: Decode): Decode {
  return (row, name) => (row[name] === null ? null : decode(row, name))
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
