import * as fc from 'fast-check'
import type { CellKind, Cells, DatasetColumn } from '../../src/core/datasets/dataset'

const DIGITS = (bits: bigint): fc.Arbitrary<string> => fc.bigInt(0n, 2n ** bits - 1n).map(String)
const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
    .map((digits) => `0x${digits}`)
const time = fc
  .integer({ min: 0, max: 4_102_444_799 })
  .map((seconds) => `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`)

/** Texts of every awkward kind: what CSV quotes, what a spreadsheet computes, what JSON escapes, what is not ASCII. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', ' ', '"', '""', ',', '\n', '\r\n', "'", 'null', '\\', '\u2028', '\u0000', '💰,"=1+1"'),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\0', '\r'), fc.string())
    .map(([first, rest]) => first + rest),
)

const KINDS: Readonly<Record<CellKind, fc.Arbitrary<string>>> = {
  integer: DIGITS(53n),
  amount: fc.oneof(DIGITS(64n), DIGITS(130n), DIGITS(256n), fc.constant('0')),
  fixed: fc
    .tuple(DIGITS(70n), fc.bigInt(0n, 10n ** 18n - 1n))
    .map(
      ([whole, fraction]) => `${whole}.${String(fraction).padStart(18, '0')}`.replace(/\.?0+$/, '') || '0',
    ),
  time,
  date: time.map((instant) => instant.slice(0, 10)),
  address: hex(40),
  hash: hex(64),
  flag: fc.constantFrom('true', 'false'),
  word: fc.constantFrom('IN', 'OUT', 'WITHIN', 'TRANSFER_AND_BURN'),
  text,
}

export const ALL_KINDS = Object.keys(KINDS) as CellKind[]

/** A column of each kind that must have a value, and one that need not. */
export const EVERY_COLUMN: readonly DatasetColumn[] = ALL_KINDS.flatMap((kind) =>
  [false, true].map((isNullable) => ({
    name: isNullable ? `maybe_${kind}` : kind,
    kind,
    isNullable,
    description: '',
  })),
)

export function rowsOf(columns: readonly DatasetColumn[], maxLength = 30): fc.Arbitrary<Cells[]> {
  const cells = columns.map(({ kind, isNullable }) =>
    isNullable ? fc.option(KINDS[kind], { nil: null }) : KINDS[kind],
  )
  return fc.array(fc.tuple(...cells), { maxLength })
}

/** Any number of rows of no meaning, the same ones every time. */
export function* madeRows(columns: readonly DatasetColumn[], count: number): Generator<Cells> {
  for (let row = 0; row < count; row += 1) {
    yield columns.map(({ kind, isNullable }, column) =>
      isNullable && (row + column) % 3 === 2 ? null : madeCell(kind, row, column),
    )
  }
}

const NOISE = 0x9e3779b97f4a7c15f39cc0605cedc834n

function madeCell(kind: CellKind, row: number, column: number): string {
  const noise = (BigInt(row + 1) * NOISE * BigInt(column + 7)) % 2n ** 256n
  const instant = `${new Date((1_767_225_600 + row * 3_607) * 1_000).toISOString().slice(0, 19)}Z`
  switch (kind) {
    case 'integer':
      return String(column % 2 === 0 ? 1_000 + Math.floor(row / 3) : row % 3)
    case 'amount':
      // From nothing over what fits a decimal to the most that the chain knows.
      return String([0n, noise % 10n ** 18n, noise % 10n ** 38n, 10n ** 38n, 2n ** 256n - 1n][row % 5])
    case 'fixed':
      return ['0', '1', '0.25', '3.000000000000000001', '12345678901234567890.5'][row % 5] ?? ''
    case 'time':
      return instant
    case 'date':
      return instant.slice(0, 10)
    case 'address':
      return `0x${(noise % 2n ** 160n).toString(16).padStart(40, '0')}`
    case 'hash':
      return `0x${noise.toString(16).padStart(64, '0')}`
    case 'flag':
      return String(row % 2 === 0)
    case 'word':
      return ['IN', 'OUT', 'WITHIN'][row % 3] ?? ''
    case 'text':
      return ['plain', '=1+1', 'a,"b"', '', 'zwei\nZeilen', '💰'][row % 6] ?? ''
  }
}
