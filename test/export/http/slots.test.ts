import { expect, test } from 'vitest'
import { createSlots } from '../../../src/export/http/slots'
import { thrownBy } from './thrown-by'

test('no more places are taken than there are, and one that is given back is there again', () => {
  const slots = createSlots(2)
  const giveBack = slots.take()
  slots.take()
  expect(thrownBy(() => slots.take())).toMatchObject({
    code: 'E7060',
    facts: { most: 2, found: 2 },
    retryAfterSeconds: 30,
  })
  giveBack()
  giveBack()
  slots.take()
  expect(() => slots.take()).toThrow()
})
