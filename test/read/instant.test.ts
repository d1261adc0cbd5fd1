import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf } from '../../src/core/iso-time'
import { parseInstant } from '../../src/read/instant'

test('what is written is read back, from 1970 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
      expect(parseInstant(isoOf(seconds))).toBe(seconds)
      expect(parseInstant(String(seconds))).toBe(seconds)
    }),
  )
})

test.each([
  ['2026-11-21', 1795219200],
  ['2026-11-21T10:00Z', 1795255200],
  ['2026-11-21T10:00:00.999Z', 1795255200],
  ['2026-11-21T12:00:00+02:00', 1795255200],
])('%s is read', (text, seconds) => {
  expect(parseInstant(text)).toBe(seconds)
})

test.each([
  '2026-11-21T10:00:00',
  '2026-02-30',
  '2026-02-30T00:00:00Z',
  '2026-13-01',
  '2026-11-21T25:00:00Z',
  'yesterday',
  '-1',
  '1.5',
  '253402300800',
  '1969-12-31',
  '',
])('%s names no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined()
})
