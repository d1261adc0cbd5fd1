import { CursorInvalid } from '../errors'
import { LATEST_INSTANT } from '../instant'
import type { Column, EntityRow } from './entity'
import type { Order } from './order'

/** Where a row stands in an order, as text that a client hands back: opaque to it, and of no use in another order. */
export function cursorOf(order: Order, row: EntityRow): string {
  const values = order.columns.map(({ field }) => {
    const value = row[field]
    return typeof value === 'bigint' ? String(value) : value
  })
  return Buffer.from(JSON.stringify([nameOf(order), ...values])).toString('base64url')
}

/**
 * The values that a cursor holds, each of its column's kind.
 * @throws CursorInvalid (E5020)
 */
export function cursorValues(order: Order, cursor: string): readonly unknown[] {
  const refusal = () => new CursorInvalid({ cursor: cursor.slice(0, 80) })
  const [name, ...values] = elements(cursor)
  if (name !== nameOf(order) || values.length !== order.columns.length) throw refusal()
  return order.columns.map((column, index) => {
    const value = values[index]
    if (!isOfKind(column, value)) throw refusal()
    return typeof value === 'string' && isNumber(column) ? BigInt(value) : value
  })
}

function nameOf({ columns }: Order): string {
  return columns.map(({ field }) => field).join()
}

function elements(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function isNumber({ kind }: Column): boolean {
  return kind === 'amount' || kind === 'decimal'
}

function isOfKind(column: Column, value: unknown): boolean {
  if (value === null) return column.isNullable
  switch (column.kind) {
    case 'integer':
      return Number.isSafeInteger(value)
    case 'time':
      return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LATEST_INSTANT
    case 'flag':
      return typeof value === 'boolean'
    case 'amount':
    case 'decimal':
      return typeof value === 'string' && /^-?\d{1,200}$/.test(value)
    default:
      return typeof value === 'string' && !value.includes('\0')
  }
}
