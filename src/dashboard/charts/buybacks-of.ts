import { wholeUnits } from '../format/amount'
import { sum } from './decimals'
import type { Bucket, Buyback } from './model'

/** The buybacks of each bucket; both ascending. */
export function byBucket(buckets: readonly Bucket[], rows: readonly Buyback[]): Buyback[][] {
  const found: Buyback[][] = buckets.map(() => [])
  const ends = buckets.map(({ end }) => Date.parse(end))
  const start = Date.parse(buckets[0]?.start ?? '')
  let index = 0
  for (const row of rows) {
    const at = Date.parse(row.timestamp)
    while (at >= (ends[index] ?? Number.POSITIVE_INFINITY)) index += 1
    if (at >= start) found[index]?.push(row)
  }
  return found
}

/** What they paid in all, in whole units of the stable asset. */
export function paidBy(rows: readonly Buyback[], decimals: number): string | null {
  return sum(...rows.map(({ stableAmount }) => wholeUnits(stableAmount, decimals)))
}

/** What they got in all, in whole tokens. */
export function boughtBy(rows: readonly Buyback[], decimals: number): string | null {
  return sum(...rows.map(({ tokenAmount }) => wholeUnits(tokenAmount, decimals)))
}
