import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLimiter } from '../../../src/chain/rpc/limiter'

function limiterAt(start = 0) {
  let now = start
  return {
    limiter: createLimiter(() => now),
    pass(milliseconds: number) {
      now += milliseconds
      return now
    },
  }
}

test('without a refusal nothing is limited but the number under way', () => {
  const { limiter } = limiterAt()
  for (let calls = 0; calls < 8; calls += 1) {
    expect(limiter.hasPlace()).toBe(true)
    limiter.take(1_000)
    expect(limiter.readyAt()).toBeLessThanOrEqual(0)
  }
  expect(limiter.hasPlace()).toBe(false)
})

test('it takes more at once where all places are used and answered, up to 32', () => {
  const { limiter } = limiterAt()
  for (let rounds = 0; rounds < 500; rounds += 1) {
    const places: number[] = []
    while (limiter.hasPlace()) places.push(limiter.take(1))
    for (const place of places) limiter.give(place, 'answered')
  }
  expect(limiter.concurrency()).toBe(32)
})

test('what is refused together halves it once', () => {
  const { limiter, pass } = limiterAt()
  const places = Array.from({ length: 8 }, () => limiter.take(1))
  pass(10)
  for (const place of places) limiter.give(place, 'rate-limited')
  expect(limiter.concurrency()).toBe(4)
})

test('Retry-After is waited for exactly, whatever is answered meanwhile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600_000 }),
      fc.array(fc.nat(100), { maxLength: 7 }),
      (wait, others) => {
        const { limiter, pass } = limiterAt()
        const places = others.map(() => limiter.take(1))
        limiter.give(limiter.take(1), 'rate-limited', wait)
        for (const place of places) limiter.give(place, 'answered')
        expect(limiter.readyAt()).toBe(wait)
        pass(wait - 1)
        expect(limiter.readyAt()).toBe(wait)
        pass(1)
        expect(limiter.readyAt()).toBeLessThanOrEqual(wait)
      },
    ),
  )
})

test('whatever Retry-After says, the rest is at most ten minutes', () => {
  const wait = fc.oneof(
    fc.integer({ min: 600_000 }),
    fc.constantFrom(2 ** 31, 1e300, Number.POSITIVE_INFINITY),
  )
  fc.assert(
    fc.property(wait, fc.integer({ min: 1, max: 3 }), (milliseconds, times) => {
      const { limiter } = limiterAt()
      for (let refusals = 0; refusals < times; refusals += 1) {
        limiter.give(limiter.take(1), 'rate-limited', milliseconds)
      }
      expect(limiter.readyAt()).toBe(600_000)
    }),
  )
})

test('a rate that was cut grows again in ten seconds, however many requests meanwhile are too slow', () => {
  const { limiter, pass } = limiterAt()
  for (let refusals = 0; refusals < 3; refusals += 1) {
    limiter.give(limiter.take(1), 'rate-limited')
    pass(1_000)
  }
  limiter.take(100)
  expect(limiter.readyAt()).toBeGreaterThan(pass(0) + 40_000)
  for (let seconds = 0; seconds < 10; seconds += 1) {
    const slow = limiter.take(0)
    pass(1_000)
    limiter.give(slow, 'timeout')
    limiter.readyAt()
  }
  expect(limiter.readyAt()).toBeLessThanOrEqual(pass(0))
})

test('it settles near the rate that is allowed, with few refusals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 200 }), (allowed) => {
      const { limiter, pass } = limiterAt()
      let now = 0
      let second = 0
      let inSecond = 0
      const sent: boolean[] = []
      for (let tick = 0; tick < 120_000; tick += 5) {
        now = pass(5)
        if (Math.floor(now / 1000) !== second) {
          second = Math.floor(now / 1000)
          inSecond = 0
        }
        while (limiter.readyAt() <= now && limiter.hasPlace() && inSecond < 1_000) {
          const place = limiter.take(1)
          inSecond += 1
          const isAllowed = inSecond <= allowed
          if (now > 60_000) sent.push(isAllowed)
          limiter.give(place, isAllowed ? 'answered' : 'rate-limited')
        }
      }
      const good = sent.filter(Boolean).length
      expect(good / 60).toBeGreaterThan(allowed * 0.6)
      expect((sent.length - good) / sent.length).toBeLessThan(0.1)
    }),
    { numRuns: 10 },
  )
})
