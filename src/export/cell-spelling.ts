import type { CellKind, DatasetColumn } from '../core/datasets/dataset'

const SPELLINGS: Readonly<Record<Exclude<CellKind, 'text'>, { pattern: RegExp; like: string }>> = {
  integer: { pattern: /^(?:0|-?[1-9]\d{0,15})$/, like: 'a whole number in decimal digits' },
  // 78 digits are those of the largest uint256.
  amount: { pattern: /^(?:0|-?[1-9]\d*)$/, like: 'an amount in decimal digits' },
  fixed: {
    pattern: /^(?!-0$)-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/,
    like: 'a plain decimal without trailing zeros',
  },
  time: { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, like: 'a time such as 2026-01-31T23:59:59Z' },
  date: { pattern: /^\d{4}-\d\d-\d\d$/, like: 'a date such as 2026-01-31' },
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
  if (pattern.test(cell) && (kind !== 'time' || isTime(cell)) && (kind !== 'date' || isDate(cell))) {
    return undefined
  }
  return `${quoted(cell)} is not ${like}`
}

/** A cell as it is repeated in a message: in quotes, and not at any length. */
export function quoted(cell: string | null): string {
  if (cell === null) return 'nothing'
  return JSON.stringify(cell.length > MOST_REPEATED ? `${cell.slice(0, MOST_REPEATED)}…` : cell)
}

/** Whether the calendar has this instant: 31 February matches the pattern, too. */
function isTime(cell: string): boolean {
  const milliseconds = Date.parse(cell)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === `${cell.slice(0, -1)}.000Z`
}

function isDate(cell: string): boolean {
  return isTime(`${cell}T00:00:00Z`)
}
