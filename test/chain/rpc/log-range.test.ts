import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogRange } from '../../../src/chain/rpc/log-range'

/** An endpoint with a limit of the range and one of the results, and as many logs in each block. */
interface Provider {
  readonly range: number
  readonly results: number
  readonly density: number
  readonly states: boolean
}

const provider: fc.Arbitrary<Provider> = fc.record({
  range: fc.integer({ min: 1, max: 2_000_000 }),
  results: fc.integer({ min: 1_000, max: 50_000 }),
  density: fc.double({ min: 0, max: 50, noNaN: true }),
  states: fc.boolean(),
})

const LOG_BYTES = 500

/** Asks once, as large as was learned; whether it was answered. */
function ask(
  learner: ReturnType<typeof createLogRange>,
  { range, results, density, states }: Provider,
): boolean {
  const blocks = learner.blocks()
  const logs = Math.floor(blocks * density)
  if (blocks > range) learner.refused(blocks, states ? { blocks: range, isLimit: true } : undefined)
  else if (logs > results && blocks > 1) learner.refused(blocks)
  else {
    learner.answered(blocks, logs, logs * LOG_BYTES)
    return true
  }
  return false
}

test('it always asks for at least one block and at most the cap', () => {
  const step = fc.record({
    blocks: fc.integer({ min: 1, max: 3e6 }),
    logs: fc.nat(1e6),
    bytes: fc.nat(1e9),
    refused: fc.boolean(),
    hint: fc.option(fc.record({ blocks: fc.integer({ min: 1, max: 3e6 }), isLimit: fc.boolean() }), {
      nil: undefined,
    }),
    passed: fc.nat(1e6),
  })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let now = 0
      const learner = createLogRange(() => now)
      for (const { blocks, logs, bytes, refused, hint, passed } of steps) {
        now += passed
        if (refused) learner.refused(blocks, hint)
        else learner.answered(blocks, logs, bytes)
        expect(Number.isInteger(learner.blocks())).toBe(true)
        expect(learner.blocks()).toBeGreaterThanOrEqual(1)
        expect(learner.blocks()).toBeLessThanOrEqual(1_000_000)
      }
    }),
  )
})

test('whatever the limits are, it soon asks for what is given, and close to as much as is', () => {
  fc.assert(
    fc.property(provider, (limits) => {
      const learner = createLogRange(() => 0)
      for (let tries = 0; tries < 60; tries += 1) ask(learner, limits)
      const outcomes = Array.from({ length: 40 }, () => ask(learner, limits))
      expect(outcomes.filter(Boolean).length).toBeGreaterThanOrEqual(30)
      const most = Math.min(limits.range, 1_000_000, limits.results / limits.density, 4_000 / limits.density)
      expect(learner.blocks()).toBeGreaterThanOrEqual(Math.max(1, Math.floor(most / 3)))
    }),
  )
})

test('answers stay bounded in a dense stretch, and grow where little happens', () => {
  const learner = createLogRange(() => 0)
  expect(learner.blocks()).toBe(2_000)
  learner.answered(2_000, 20_000, 10_000_000)
  expect(learner.blocks()).toBeLessThanOrEqual(500)
  for (let tries = 0; tries < 20; tries += 1) learner.answered(learner.blocks(), 0, 2)
  expect(learner.blocks()).toBe(1_000_000)
})

test('one of several answers under way at the same size doubles it, not each of them', () => {
  const learner = createLogRange(() => 0)
  for (let tries = 0; tries < 8; tries += 1) learner.answered(2_000, 1, 500)
  expect(learner.blocks()).toBe(4_000)
})

test('a stated limit is tried again after ten minutes, and not before', () => {
  let now = 0
  const learner = createLogRange(() => now)
  learner.refused(2_000, { blocks: 500, isLimit: true })
  now = 599_999
  learner.answered(500, 0, 2)
  expect(learner.blocks()).toBe(500)
  now = 600_000
  learner.answered(500, 0, 2)
  expect(learner.blocks()).toBe(1_000)
})

test('a limit that was run into does not lift one that was stated', () => {
  let now = 0
  const learner = createLogRange(() => now)
  learner.refused(2_000, { blocks: 500, isLimit: true })
  learner.refused(400)
  now = 60_000
  for (let tries = 0; tries < 5; tries += 1) learner.answered(learner.blocks(), 0, 2)
  expect(learner.blocks()).toBe(500)
})
