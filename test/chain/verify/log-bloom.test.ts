import fc from 'fast-check'
import { concatHex, keccak256 } from 'viem'
import { expect, test } from 'vitest'
import type { LogFilter } from '../../../src/chain/rpc/node-types'
import { bloomHolds, bloomTest } from '../../../src/chain/verify/log-bloom'
import { matchesFilter } from '../../../src/chain/verify/matches-filter'

type BloomedLog = { readonly address: `0x${string}`; readonly topics: `0x${string}`[] }

// The yellow paper's M (4.3.1), on one big integer.
function bloomOf(logs: readonly BloomedLog[]): string {
  let bloom = 0n
  for (const value of logs.flatMap(({ address, topics }) => [address, ...topics])) {
    const hash = keccak256(value)
    for (const start of [2, 6, 10]) bloom |= 1n << (BigInt(`0x${hash.slice(start, start + 4)}`) % 2_048n)
  }
  return `0x${bloom.toString(16).padStart(512, '0')}`
}

// Of few values, so that logs and filters meet.
const address = fc.constantFrom(...[1, 2, 3].map((n) => `0x${`${n}`.repeat(40)}` as const))
const topic = fc.constantFrom(...[4, 5, 6, 7].map((n) => `0x${`${n}`.repeat(64)}` as const))
const log = fc.record({ address, topics: fc.array(topic, { maxLength: 4 }) })
const filter: fc.Arbitrary<LogFilter> = fc.record({
  addresses: fc.uniqueArray(address, { maxLength: 2 }),
  topics: fc.array(fc.option(fc.uniqueArray(topic, { maxLength: 2 })), { maxLength: 3 }),
})

test('a bloom that has a matching log in it is never said to exclude one', () => {
  let matched = 0
  fc.assert(
    fc.property(
      fc.array(log, { maxLength: 5 }),
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      (logs, filters) => {
        const bloom = bloomOf(logs)
        for (const one of logs) {
          expect(bloomHolds(bloom, one)).toBe(true)
          if (!matchesFilter(one, filters)) continue
          matched += 1
          expect(bloomTest(filters)(bloom)).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(matched).toBeGreaterThan(100)
})

test('a bloom is tested as its definition says: some address, and at each place some topic, of one filter', () => {
  const has = (bloom: string, value: `0x${string}`): boolean => {
    const bits = BigInt(bloomOf([{ address: value, topics: [] }]))
    return (BigInt(bloom) & bits) === bits
  }
  // Half of the bits set at random: most values have some of their three bits there, and not all.
  const bloom = fc
    .bigInt({ min: 0n, max: 2n ** 2_048n - 1n })
    .map((bits) => `0x${bits.toString(16).padStart(512, '0')}`)
  fc.assert(
    fc.property(bloom, fc.array(filter, { maxLength: 2 }), log, (bits, filters, one) => {
      const expected = filters.some(({ addresses, topics }) =>
        [addresses, ...topics].every(
          (any) => any === null || any.length === 0 || any.some((value) => has(bits, value as `0x${string}`)),
        ),
      )
      expect(bloomTest(filters)(bits)).toBe(expected)
      expect(bloomHolds(bits, one)).toBe([one.address, ...one.topics].every((value) => has(bits, value)))
    }),
    { numRuns: 1_000 },
  )
})

test('an empty bloom excludes every log, and a full one none', () => {
  const one: BloomedLog = { address: `0x${'1'.repeat(40)}`, topics: [`0x${'4'.repeat(64)}`] }
  const test = bloomTest([{ addresses: [one.address], topics: [one.topics] }])
  const [empty, full] = [`0x${'0'.repeat(512)}`, `0x${'f'.repeat(512)}`]
  expect([bloomHolds(empty, one), test(empty)]).toEqual([false, false])
  expect([bloomHolds(full, one), test(full)]).toEqual([true, true])
})

test('each of a log’s address and topics counts: without one of them it is excluded', () => {
  const one: BloomedLog = {
    address: `0x${'1'.repeat(40)}`,
    topics: [`0x${'4'.repeat(64)}`, `0x${'5'.repeat(64)}`],
  }
  const other = { ...one, topics: [`0x${'4'.repeat(64)}` as const, keccak256(concatHex(['0x12']))] }
  const bloom = bloomOf([one])
  expect(bloomHolds(bloom, one)).toBe(true)
  expect(bloomHolds(bloom, other)).toBe(false)
  expect(bloomHolds(bloom, { ...one, address: `0x${'2'.repeat(40)}` })).toBe(false)
})
