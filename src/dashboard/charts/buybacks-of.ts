import { wholeUnits } from '../format/amount'
import { sum } from './decimals'
import type { Bucket, Buyback } from './model'

/** The buybacks of each bucket; both ascending. */
export function byBucket(buckets: readonly Bucket[], rows: readonly Buyback[]): Buyback[][] {
  const found: Buyback[][] = buckets.map(() => [])
  let index = 0
  for (const row of rows) {
    const at = Date.parse(row.timestamp)
    while (index < buckets.length - 1 && at >= Date.parse(buckets[index]?.end ?? '')) index += 1
    const { start = '', end = '' } = buckets[index] ?? {}
    if (at >= Date.parse(start) && at < Date.parse(end)) found[index]?.push(row)
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
