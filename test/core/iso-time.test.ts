import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf } from '../../src/core/iso-time'

test('what is written is what the platform writes, whatever was written before', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 253_402_300_799 })), (instants) => {
      for (const seconds of instants) {
        expect(isoOf(seconds)).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'))
      }
    }),
  )
})
