import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBreaker } from '../../../src/chain/rpc/breaker'
import { createPace } from '../../../src/chain/rpc/pace'

test('what is slow lies above nearly all latencies, wherever they lie', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 20, max: 60 }), { minLength: 60, maxLength: 200 }),
      (latencies) => {
        const pace = createPace()
        for (const each of latencies) pace.took('m', each)
        expect(pace.slow('m')).toBeGreaterThanOrEqual(20)
        expect(pace.slow('m')).toBeLessThan(60 + 3 * 40)
      },
    ),
  )
})

test('methods are told apart, and a few answers do not say what is slow', () => {
  const pace = createPace()
  for (let answers = 0; answers < 5; answers += 1) {
    expect(pace.slow('fast')).toBeUndefined()
    pace.took('fast', 1)
  }
  pace.took('slow', 1_000)
  expect(pace.slow('fast')).toBeLessThan(10)
  expect(pace.slow('slow')).toBeUndefined()
  expect(pace.expected('slow')).toBe(1_000)
  expect(pace.expected('other')).toBeUndefined()
})

test('failures make an endpoint count as slower, until it answers again', () => {
  const pace = createPace()
  pace.took('m', 10)
  for (let failures = 0; failures < 10; failures += 1) pace.failed()
  expect(pace.expected('m')).toBeGreaterThan(50)
  for (let answers = 0; answers < 50; answers += 1) pace.took('m', 10)
  expect(pace.expected('m')).toBeLessThan(11)
})

test('five failures in a row are too many, and one answer between them is enough', () => {
  const breaker = createBreaker(
    () => 0,
    () => 0,
  )
  const outcomes = Array.from({ length: 4 }, () => breaker.failed())
  breaker.succeeded()
  for (let failures = 0; failures < 5; failures += 1) outcomes.push(breaker.failed())
  expect(outcomes).toEqual([...new Array(8).fill(false), true])
})

test('each rest that did not help is followed by one twice as long, up to ten seconds', () => {
  let now = 0
  const breaker = createBreaker(
    () => now,
    () => 0,
  )
  const rests = Array.from({ length: 9 }, () => breaker.rest())
  expect(rests).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
  breaker.closed()
  breaker.succeeded()
  expect(breaker.rest()).toBe(10_000)
  now = 30_001
  breaker.succeeded()
  expect(breaker.rest()).toBe(100)
})

test('a rest is never longer than it should be, nor shorter than half of it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
      const rest = createBreaker(
        () => 0,
        () => chance,
      ).rest()
      expect(rest).toBeGreaterThan(50 - 1e-9)
      expect(rest).toBeLessThanOrEqual(100)
    }),
  )
})
