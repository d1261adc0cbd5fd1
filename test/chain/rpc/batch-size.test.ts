import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatchSize } from '../../../src/chain/rpc/batch-size'

test('it finds any limit of an endpoint that states none, and stays near it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (limit) => {
      const learner = createBatchSize(() => 0)
      let refused = 0
      for (let tries = 0; tries < 200; tries += 1) {
        const calls = learner.calls('m')
        if (calls <= limit) learner.answered('m', calls, calls)
        else {
          learner.refused(calls, 'too much')
          refused += 1
        }
      }
      expect(learner.calls('m')).toBeLessThanOrEqual(limit)
      expect(learner.calls('m')).toBeGreaterThan(Math.min(limit, 100) / 2)
      expect(refused).toBeLessThan(20)
    }),
  )
})

test.each([
  ['batch limit 50 exceeded: 100 requests given', 50],
  ['Batch of more than 3 requests are not allowed on free tier', 3],
  ['The batch request was too large Exceeded max limit of 20', 20],
  ['no batches', 50],
])('%s: %i calls', (message, calls) => {
  const learner = createBatchSize(() => 0)
  learner.refused(100, message)
  expect(learner.calls('m')).toBe(calls)
})

test('answers that are large come in small batches, and those of other methods do not', () => {
  const learner = createBatchSize(() => 0)
  learner.answered('receipts', 10, 10 * 1024 * 1024)
  expect(learner.calls('receipts')).toBe(4)
  expect(learner.calls('headers')).toBe(100)
})
