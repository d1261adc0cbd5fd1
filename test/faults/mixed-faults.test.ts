import { afterAll, describe, expect, test } from 'vitest'
import { dropSimulatedTemplate } from '../support/simulated-database'
import { runMixed } from './mixed-run'

const FIRST = Number(process.env.FIRST_SEED ?? 1)
const COUNT = Number(process.env.SEEDS ?? 50)
/** Seeds that found something once, of hashes that nobody had confirmed and of reorganisations while logs were read. */
const FOUND = process.env.FIRST_SEED === undefined ? [109, 115, 1301, 1308] : []
/** Share of the seeds that have to reach the head: a program that refuses everything would prove nothing. */
const MOST = 0.8

const ends = new Map<string, number>()
afterAll(dropSimulatedTemplate)

describe.concurrent('endpoints that fail and lie in many ways at once, while the chain changes', () => {
  const seeds = [...Array.from({ length: COUNT }, (_, index) => FIRST + index), ...FOUND]

  test.each(seeds)('leave no wrong figure: seed %s', { timeout: 120_000 }, async (seed) => {
    const end = await runMixed(seed)
    ends.set(end, (ends.get(end) ?? 0) + 1)
  })
})

test('and the head is reached, unless what is said is refused clearly', () => {
  const total = [...ends.values()].reduce((sum, count) => sum + count, 0)
  const all = COUNT + FOUND.length
  console.log(`${total} of ${all} seeds left no wrong figure: ${JSON.stringify(Object.fromEntries(ends))}`)
  expect((ends.get('head') ?? 0) / all).toBeGreaterThan(MOST)
})
