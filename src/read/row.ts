import type { Address, Hash } from '../core/address'
import { remembered } from '../core/remembered'

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

/** A timestamptz column as unix seconds. */
export function seconds(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'string' || !INSTANT.test(value)) throw noInstant(column)
  const isUsual = value.length === USUAL_LENGTH && value.endsWith('+00')
  const pair = (at: number): number => 10 * value.charCodeAt(at) + value.charCodeAt(at + 1) - 11 * ZERO
  const found = isUsual
    ? midnightOf(value.slice(0, 10)) + 3_600 * pair(11) + 60 * pair(14) + pair(17)
    : secondsOf(value)
  if (Number.isNaN(found)) throw noInstant(column)
  return found
}

const ZERO = '0'.charCodeAt(0)

/** Unix seconds of a date's midnight in UTC. */
const midnightOf = remembered((date: string) => secondsOf(`${date} 00:00:00+00`))

/** Unix seconds; not a number where it is no time. */
function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000)
}

function noInstant(column: string): TypeError {
  return new TypeError(`column ${column} is not a timestamp`)
}
