import { difference } from '../format/decimal'

/** Exact arithmetic on decimal texts that may be unknown: with what is unknown nothing can be reckoned. */

export type Known = string | null

const negated = (decimal: string): string => (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`)

/** a − b. */
export function less(a: Known, b: Known): Known {
  return a === null || b === null ? null : difference(a, b)
}

/** The sum of all. */
export function sum(...decimals: readonly Known[]): Known {
  return decimals.reduce<Known>((total, one) => (one === null ? null : less(total, negated(one))), '0')
}

/** Nearer to each other than this part of them, numbers do not say which text is the greater one. */
const DOUBTFUL = 1e-12

/** Negative where a < b, 0 where they are equal. */
export function compare(a: string, b: string): number {
  // Thousands of values are compared; few of them are so near that every digit counts.
  const near = Number(a) - Number(b)
  if (Math.abs(near) > DOUBTFUL * Math.max(Math.abs(Number(a)), Math.abs(Number(b)))) return near
  const rest = difference(a, b)
  if (!/[1-9]/.test(rest)) return 0
  return rest.startsWith('-') ? -1 : 1
}
