import type { CellKind, DatasetColumn } from '../core/datasets/dataset'

const SPELLINGS: Readonly<Record<Exclude<CellKind, 'text'>, { pattern: RegExp; like: string }>> = {
  integer: { pattern: /^(?:0|-?[1-9]\d{0,15})$/, like: 'a whole number in decimal digits' },
  // 78 digits are those of the largest uint256.
  amount: { pattern: /^(?:0|-?[1-9]\d*)$/, like: 'an amount in decimal digits' },
  fixed: {
    pattern: /^(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/,
    like: 'a plain decimal without trailing zeros',
  },
  time: {
    pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/,
    like: 'a time such as 2026-01-31T23:59:59Z',
  },
  date: {
    pattern: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
    like: 'a date such as 2026-01-31',
  },
  address: { pattern: /^0x[0-9a-f]{40}$/, like: 'an address in lower-case hex' },
  hash: { pattern: /^0x[0-9a-f]{64}$/, like: 'a hash in lower-case hex' },
  flag: { pattern: /^(?:true|false)$/, like: 'true or false' },
  word: { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, like: 'a word' },
}

/** How much of a wrong cell is repeated. */
const MOST_REPEATED = 80

/** What is wrong with the spelling of a cell; undefined where it is the one that its kind has. */
export function spellingProblem(
  cell: string | null,
  { kind, isNullable }: DatasetColumn,
): string | undefined {
  if (cell === null) return isNullable ? undefined : 'has no value, and must have one'
  if (kind === 'text') return undefined
  const { pattern, like } = SPELLINGS[kind]
  if (pattern.test(cell) && ((kind !== 'time' && kind !== 'date') || isInMonth(cell))) return undefined
  return `${quoted(cell)} is not ${like}`
}

/** A cell as it is repeated in a message: in quotes, and not at any length. */
export function quoted(cell: string | null): string {
  if (cell === null) return 'nothing'
  return JSON.stringify(cell.length > MOST_REPEATED ? `${cell.slice(0, MOST_REPEATED)}…` : cell)
}

/** Whether the month has that day: 31 February matches the pattern, too. */
function isInMonth(cell: string): boolean {
  const day = Number(cell.slice(8, 10))
  if (day <= 28) return true
  const next = new Date(0)
  next.setUTCFullYear(Number(cell.slice(0, 4)), Number(cell.slice(5, 7)), 0)
  return day <= next.getUTCDate()
}
