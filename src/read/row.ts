import type { Address, Hash } from '../core/address'

/** A row as statements give it (src/read/transaction.ts): numeric and timestamptz as text. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Runs one statement inside the transaction of the current answer.
 * @param name under which each connection keeps the statement parsed and planned; for look-ups that most answers make, whose
 *   plan is the same whatever the values
 */
export type RunQuery = (text: string, values?: readonly unknown[], name?: string) => Promise<readonly Row[]>

// These fail loudly on a value of another type: a column that changed must never become a wrong figure.

/** A numeric column as base units. */
export function amount(row: Row, column: string): bigint {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not numeric`)
  return BigInt(value)
}

/** A nullable numeric column as base units. */
export function amountOrNull(row: Row, column: string): bigint | null {
  return row[column] === null ? null : amount(row, column)
}

/** An int4 column. */
export function whole(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not an integer`)
  return value
}

/** A nullable int4 column. */
export function wholeOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : whole(row, column)
}

/** A boolean column. */
export function flag(row: Row, column: string): boolean {
  const value = row[column]
  if (typeof value !== 'boolean') throw new TypeError(`column ${column} is not a boolean`)
  return value
}

/** A text column. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

/** A text column that holds an address or a hash, lower case. */
export function hex(row: Row, column: string): Address & Hash {
  const value = text(row, column)
  if (!value.startsWith('0x')) throw new TypeError(`column ${column} is not hexadecimal`)
  return value as Address & Hash
}

/** A nullable text column that holds an address or a hash. */
export function hexOrNull(row: Row, column: string): (Address & Hash) | null {
  return row[column] === null ? null : hex(row, column)
}

/** A text column with one of a few values. */
export function oneOf<T extends string>(row: Row, column: string, values: readonly T[]): T {
  const value = text(row, column)
  if (!isOneOf(value, values)) throw new TypeError(`column ${column} holds the unknown value ${value}`)
  return value
}

function isOneOf<T extends string>(value: string, values: readonly T[]): value is T {
  return (values as readonly string[]).includes(value)
}

/** A nullable text column with one of a few values. */
export function oneOfOrNull<T extends string>(row: Row, column: string, values: readonly T[]): T | null {
  return row[column] === null ? null : oneOf(row, column, values)
}

const INSTANT = /^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d/
/** As it mostly comes: whole seconds in UTC of a year of four digits. */
const USUAL_LENGTH = '2026-11-21 10:00:00+00'.length

/** Midnights, in unix seconds, by their dates: there are few in a history. */
const midnights = new Map<string, number>()
const MOST_MIDNIGHTS = 10_000

/** A timestamptz column as unix seconds. */
export function seconds(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'string' || !INSTANT.test(value)) throw noInstant(column)
  if (value.length !== USUAL_LENGTH || !value.endsWith('+00')) return secondsOf(value, column)
  const pair = (at: number): number => 10 * value.charCodeAt(at) + value.charCodeAt(at + 1) - 11 * ZERO
  return midnight(value.slice(0, 10), column) + 3_600 * pair(11) + 60 * pair(14) + pair(17)
}

const ZERO = '0'.charCodeAt(0)

function midnight(date: string, column: string): number {
  const known = midnights.get(date)
  if (known !== undefined) return known
  const found = secondsOf(`${date} 00:00:00+00`, column)
  if (midnights.size === MOST_MIDNIGHTS) midnights.clear()
  midnights.set(date, found)
  return found
}

function secondsOf(instant: string, column: string): number {
  const milliseconds = Date.parse(instant)
  if (Number.isNaN(milliseconds)) throw noInstant(column)
  return Math.floor(milliseconds / 1000)
}

function noInstant(column: string): TypeError {
  return new TypeError(`column ${column} is not a timestamp`)
}
