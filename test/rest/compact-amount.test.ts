import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactAmount } from '../../src/rest/compact-amount'

test.each([
  [0n, 0, '0'],
  [7n, 0, '7'],
  [999n, 0, '999'],
  [1_000n, 0, '1k'],
  [1_949n, 0, '1.9k'],
  [999_999n, 0, '999.9k'],
  [12_345_678n, 0, '12.3M'],
  [2_000_000_000n, 0, '2B'],
  [1_000_000_000_000n, 0, '1T'],
  [5_000_000_000_000_000_000n, 0, '5000000T'],
  [12_340_000n, 6, '12.34'],
  [12_349_999n, 6, '12.34'],
  [12_009_999n, 6, '12'],
  [312_345n, 9, '0.000312'],
  [1n, 18, '0.000000000000000001'],
  [-1_500n, 0, '-1.5k'],
])('%s in units of 10^-%s is %s', (amount, decimals, text) => {
  expect(compactAmount(amount, decimals)).toBe(text)
})

const POWERS: Readonly<Record<string, bigint>> = { k: 3n, M: 6n, B: 9n, T: 12n }

test('never shows more than there is, and at least nine tenths of it', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n }), fc.constantFrom(0, 6, 18), (amount, decimals) => {
      const [, whole = '', fraction = '', letter = ''] =
        /^(\d+)(?:\.(\d+))?([kMBT]?)$/.exec(compactAmount(amount, decimals)) ?? []
      // In units of 10^-60 of a whole unit, so that nothing is lost.
      const shown = BigInt(whole + fraction.padEnd(60, '0')) * 10n ** (POWERS[letter] ?? 0n)
      const exact = amount * 10n ** BigInt(60 - decimals)
      expect(shown <= exact && shown * 10n >= exact * 9n).toBe(true)
    }),
  )
})
