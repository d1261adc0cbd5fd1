import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spellCell } from '../../../src/core/datasets/spell-cell'

test.each([
  [0, 'integer', '0'],
  [
    2n ** 256n - 1n,
    'amount',
    '115792089237316195423570985008687907853269984665640564039457584007913129639935',
  ],
  [-5n, 'amount', '-5'],
  [1_500_000_000_000_000_000n, 'fixed', '1.5'],
  [1n, 'fixed', '0.000000000000000001'],
  [0n, 'fixed', '0'],
  [1_700_000_000, 'time', '2023-11-14T22:13:20Z'],
  [1_700_000_000, 'date', '2023-11-14'],
  [true, 'flag', 'true'],
  ['0xab', 'hash', '0xab'],
  ['=1+1', 'text', '=1+1'],
  [null, 'amount', null],
] as const)('%s as %s is %s', (value, kind, spelled) => {
  expect(spellCell(value, kind)).toBe(spelled)
})

test('a value of another type is refused, not spelled', () => {
  const wrong = [
    [undefined, 'amount'],
    [1.5, 'integer'],
    [Number.NaN, 'time'],
    ['1', 'amount'],
    [1, 'fixed'],
    [1n, 'text'],
    ['true', 'flag'],
  ] as const
  for (const [value, kind] of wrong) expect(() => spellCell(value, kind)).toThrow(TypeError)
})

test('an amount is read back as the same one, of any size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 300n }), (value) => {
      expect(BigInt(spellCell(value, 'amount') ?? '')).toBe(value)
      const [whole = '', fraction = ''] = (spellCell(value, 'fixed') ?? '').split('.')
      expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(value)
      expect(fraction.endsWith('0')).toBe(false)
    }),
  )
})
