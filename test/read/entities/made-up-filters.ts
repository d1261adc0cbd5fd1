import fc from 'fast-check'
import type { Where } from '../../../src/read/entities/condition'
import { BALANCES, type MadeUpTransfer, PARTIES, TRANSFERS } from './made-up-ledger'

type Field = keyof MadeUpTransfer
export const FIELDS = Object.keys(TRANSFERS[0] ?? {}) as Field[]

const anyValueOf = (field: Field) =>
  fc.constantFrom(...TRANSFERS.map((row) => row[field]).filter((value) => value !== null))
const NULLABLE: readonly Field[] = ['fromBalance', 'toBalance']
const UNORDERED: readonly Field[] = ['from', 'to', 'transactionHash']

const leaf: fc.Arbitrary<Where> = fc.constantFrom(...FIELDS).chain((field) => {
  const value = anyValueOf(field)
  const asked = NULLABLE.includes(field) ? fc.option(value, { nil: null }) : value
  const list = fc.array(value, { maxLength: 12 })
  const comparisons = [
    asked.map((each) => ({ [field]: each })),
    asked.map((each) => ({ [`${field}_not`]: each })),
    list.map((each) => ({ [`${field}_in`]: each })),
    list.map((each) => ({ [`${field}_not_in`]: each })),
  ]
  const ordered = UNORDERED.includes(field)
    ? []
    : ['gt', 'gte', 'lt', 'lte'].map((suffix) => value.map((each) => ({ [`${field}_${suffix}`]: each })))
  return fc.oneof(...comparisons, ...ordered)
})

const related: fc.Arbitrary<Where> = fc
  .tuple(fc.constantFrom('fromAccount_', 'toAccount_'), fc.constantFrom(...BALANCES.values()))
  .map(([relation, balance]) => ({ [relation]: { balance_gte: balance } }))

/** Most filters name a party, as questions do. */
const party: fc.Arbitrary<Where> = fc
  .tuple(fc.constantFrom('from', 'to'), fc.constantFrom(...PARTIES))
  .map(([side, address]) => ({ [side]: address }))

export const filters: fc.Arbitrary<Where> = fc.letrec<{ filter: Where }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: leaf, weight: 4 },
    { arbitrary: party, weight: 3 },
    { arbitrary: related, weight: 1 },
    {
      arbitrary: fc
        .tuple(
          fc.constantFrom('AND', 'OR'),
          fc.array(tie('filter'), { maxLength: 3 }),
          fc.oneof(leaf, party, fc.constant({})),
        )
        .map(([join, parts, other]) => ({ [join]: parts, ...other })),
      weight: 3,
    },
  ),
})).filter

/** Whether a row is asked for: the dialect of filters, said once more in plain terms. */
export function isWanted(row: MadeUpTransfer, where: Where): boolean {
  return Object.entries(where).every(([key, asked]) => {
    if (key === 'AND') return (asked as Where[]).every((each) => isWanted(row, each))
    if (key === 'OR') return (asked as Where[]).some((each) => isWanted(row, each))
    if (key.endsWith('Account_')) {
      const balance = BALANCES.get(key === 'fromAccount_' ? row.from : row.to)
      return balance !== undefined && balance >= (asked as { balance_gte: bigint }).balance_gte
    }
    const [field = '', ...rest] = key.split('_')
    const value = row[field as Field]
    const suffix = rest.join('_')
    switch (suffix) {
      case '':
        return value === asked
      case 'not':
        return value !== asked
      case 'in':
        return (asked as unknown[]).includes(value)
      case 'not_in':
        return !(asked as unknown[]).includes(value)
    }
    if (value === null) return false
    const other = asked as typeof value
    switch (suffix) {
      case 'gt':
        return value > other
      case 'gte':
        return value >= other
      case 'lt':
        return value < other
      default:
        return value <= other
    }
  })
}

/** Rows in order: null before any value, equals in chain order; all of it turned round for `desc`. */
export function inOrder(
  rows: readonly MadeUpTransfer[],
  orderBy: Field | undefined,
  direction: 'asc' | 'desc',
): MadeUpTransfer[] {
  const rank = ({ blockNumber, logIndex }: MadeUpTransfer) => blockNumber * 1_000_000 + logIndex
  const compare = (one: MadeUpTransfer, other: MadeUpTransfer): number => {
    const [left, right] = orderBy === undefined ? [0, 0] : [one[orderBy], other[orderBy]]
    if (left === right) return rank(one) - rank(other)
    if (left === null) return -1
    if (right === null) return 1
    return left < right ? -1 : 1
  }
  const sorted = [...rows].sort(compare)
  return direction === 'asc' ? sorted : sorted.reverse()
}
