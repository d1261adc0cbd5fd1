import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocated, workerShareBps } from '../../src/core/policy'
import { formatUnits, parseUnits } from '../../src/core/units'
import { POLICY } from '../support/history'

test('reading what was written gives the amount back, whatever its size', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 256n }),
      fc.integer({ min: 0, max: 36 }),
      (amount, decimals) => {
        expect(parseUnits(formatUnits(amount, decimals), decimals)).toBe(amount)
      },
    ),
  )
})

test.each([
  [1_500_000n, 6, '1.5'],
  [0n, 18, '0'],
  [1n, 18, '0.000000000000000001'],
  [-1_500_000n, 6, '-1.5'],
  [10n ** 27n, 18, '1000000000'],
  [42n, 0, '42'],
])('%s with %s decimals is written %s', (amount, decimals, text) => {
  expect(formatUnits(amount, decimals)).toBe(text)
})

test.each(['', '1.', '.5', '1e18', '-1', '1,000', ' 1', '0x1', '1.0000001'])(
  '%j is not an amount of 6 decimals',
  (text) => {
    expect(parseUnits(text, 6)).toBeUndefined()
  },
)

test('a worker keeps the higher share from the minimum stake on, and never without a stake', () => {
  expect(workerShareBps(POLICY, 0n)).toBe(7_000)
  expect(workerShareBps(POLICY, 1n)).toBe(8_000)
  const demanding = { ...POLICY, minimumWorkerStake: 10n }
  expect([9n, 10n].map((staked) => workerShareBps(demanding, staked))).toEqual([7_000, 8_000])
})

test('the legs never claim more than there is', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.integer({ min: 0, max: 10_000 }),
      (revenue, bps) => {
        expect(allocated(revenue, bps) + allocated(revenue, 10_000 - bps)).toBeLessThanOrEqual(revenue)
      },
    ),
  )
})
