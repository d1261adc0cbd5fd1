import { expect, test } from 'vitest'
import { spellBytes, spellCount, spellDuration, spellRate } from '../../src/cli/spell-number'

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59.5, '1 min'],
  [3_599, '59 min 59 s'],
  [3_600, '1 h'],
  [3_605, '1 h'],
  [86_399, '23 h 59 min'],
  [90_000, '1 d 1 h'],
  [1e9, '11,574 d 1 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(spellDuration(seconds)).toBe(text)
})

test.each([
  [0, '0'],
  [0.04, '0'],
  [0.44, '0.4'],
  [9.96, '10'],
  [27_411.6, '27,412'],
])('a rate of %d is %s', (rate, text) => {
  expect(spellRate(rate)).toBe(text)
})

test.each([
  [512, '0.5 KiB'],
  [1_000 * 1_024, '1 MiB'],
  [2.5 * 2 ** 30, '2,560 MiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(spellBytes(bytes)).toBe(text)
})

test('counts are in groups of three', () => {
  expect([spellCount(999), spellCount(1_234_567)]).toEqual(['999', '1,234,567'])
})
