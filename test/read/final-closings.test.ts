import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { intervalEnd, intervalStart, SERIES_INTERVALS } from '../../src/core/series'
import type { Closing } from '../../src/core/series-points'
import { type Intervals, keepFinalClosings } from '../../src/read/final-closings'
import type { ReadStore } from '../../src/read/reads'
import { START } from '../support/history'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'
import { INTERVALS, spreadHistory } from './made-up-time'

const DAY = 86_400
const MONDAY = 1_704_067_200

describe('what is kept', () => {
  const closingAt = (timestamp: number): Closing => ({
    economy: START.economy,
    timestamp,
    blockNumber: timestamp,
  })

  /** Closings of an interval of every so many seconds, and who looked them up. */
  function tableOf(timestamps: readonly number[]) {
    const loads: Intervals[] = []
    const load = async (range: Intervals): Promise<readonly Closing[]> => {
      loads.push(range)
      const end = intervalEnd(range.interval, range.last)
      const closed = new Map<number, number>()
      for (const timestamp of timestamps) {
        if (timestamp >= range.first && timestamp < end)
          closed.set(intervalStart(range.interval, timestamp), timestamp)
      }
      return [...closed.values()].map(closingAt)
    }
    return { loads, load }
  }

  test('together with what is looked up for the rest, it is what is there, and it is looked up once', async () => {
    const instants = fc.array(fc.integer({ min: MONDAY, max: MONDAY + 900 * DAY }), { maxLength: 60 })
    const instant = fc.integer({ min: MONDAY - DAY, max: MONDAY + 901 * DAY })
    const question = fc.record({
      interval: fc.constantFrom(...SERIES_INTERVALS),
      a: instant,
      b: instant,
      until: instant,
    })
    await fc.assert(
      fc.asyncProperty(
        instants,
        fc.array(question, { minLength: 1, maxLength: 6 }),
        async (times, questions) => {
          const sorted = times.toSorted((a, b) => a - b)
          const kept = keepFinalClosings()
          for (const { interval, a, b, until } of questions) {
            const [first, last] = [Math.min(a, b), Math.max(a, b)].map((at) =>
              intervalStart(interval, at),
            ) as [number, number]
            const { load, loads } = tableOf(sorted)
            const given = await kept.upTo({ interval, first, last }, until, 'one', load)
            expect(given.rest).toBeGreaterThanOrEqual(first)
            expect(Math.min(given.rest, intervalEnd(interval, last))).toBeLessThanOrEqual(
              Math.max(first, until),
            )
            for (const range of loads) expect(intervalEnd(interval, range.last)).toBeLessThanOrEqual(until)
            const rest = given.rest > last ? [] : await load({ interval, first: given.rest, last })
            expect([...given.closings, ...rest]).toEqual(await load({ interval, first, last }))
            const again = tableOf(sorted)
            expect(await kept.upTo({ interval, first, last }, until, 'one', again.load)).toEqual(given)
            expect(again.loads).toEqual([])
          }
        },
      ),
    )
  })

  test('of other tables nothing is known', async () => {
    const kept = keepFinalClosings()
    const range = { interval: 'DAY', first: MONDAY, last: MONDAY + 40 * DAY } as const
    const { load, loads } = tableOf([MONDAY + 5])
    await kept.upTo(range, MONDAY + 100 * DAY, 'one', load)
    await kept.upTo(range, MONDAY + 100 * DAY, 'other', load)
    expect(loads).toHaveLength(2)
    const before = [closingAt(1), closingAt(2)]
    expect(await kept.before(MONDAY, MONDAY, 'one', async () => before[0])).toBe(before[0])
    expect(await kept.before(MONDAY, MONDAY, 'other', async () => before[1])).toBe(before[1])
    expect(await kept.before(MONDAY, MONDAY, 'one', async () => before[1])).toBe(before[0])
  })

  test('what may still change is looked up each time', async () => {
    const kept = keepFinalClosings()
    const found = [undefined, closingAt(3)]
    expect(await kept.before(MONDAY, MONDAY - 1, 'one', async () => found[0])).toBe(undefined)
    expect(await kept.before(MONDAY, MONDAY, 'one', async () => found[1])).toBe(found[1])
  })

  test('what was asked for long ago goes', async () => {
    const kept = keepFinalClosings()
    const day = (at: number) => ({ interval: 'DAY', first: at, last: at + 999 * DAY }) as const
    const every = Array.from({ length: 6_000 }, (_, index) => MONDAY + index * DAY)
    const { load, loads } = tableOf(every)
    for (let block = 0; block < 6; block += 1)
      await kept.upTo(day(MONDAY + block * 1_000 * DAY), 1e11, 'one', load)
    const before = loads.length
    await kept.upTo(day(MONDAY + 5_000 * DAY), 1e11, 'one', load)
    expect(loads).toHaveLength(before)
    await kept.upTo(day(MONDAY), 1e11, 'one', load)
    expect(loads).toHaveLength(before + 1)
  })

  test('what goes while it is asked for is told all the same, and stays true', async () => {
    const every = Array.from({ length: 6_000 }, (_, index) => MONDAY + index * DAY)
    const days = (from: number, count: number) =>
      ({
        interval: 'DAY',
        first: MONDAY + from * DAY,
        last: MONDAY + (from + count - 1) * DAY,
      }) as const
    const { load } = tableOf(every)
    const kept = keepFinalClosings()
    // Known for longest of all that fits, behind a stretch that is not known.
    await kept.upTo(days(32, 16), 1e11, 'one', load)
    for (let from = 1_000; from < 6_000; from += 16) await kept.upTo(days(from, 16), 1e11, 'one', load)
    for (const range of [days(0, 64), days(32, 16), days(0, 64)]) {
      const { closings, rest } = await kept.upTo(range, 1e11, 'one', load)
      expect(closings).toEqual(await load({ ...range, last: Math.min(range.last, rest - DAY) }))
      expect(rest).toBeGreaterThan(range.last)
    }
    // And what goes while others are looked up.
    const racing = keepFinalClosings()
    await racing.upTo(days(0, 16), 1e11, 'one', load)
    const { closings } = await racing.upTo(days(0, 48), 1e11, 'one', async (range) => {
      for (let from = 500; from < 6_000; from += 500) await racing.upTo(days(from, 500), 1e11, 'one', load)
      return load(range)
    })
    expect(closings).toEqual(await load(days(0, 48)))
    expect((await racing.upTo(days(0, 48), 1e11, 'one', load)).closings).toEqual(closings)
  })
})

describe('series of a service that runs on', () => {
  let indexed: IndexedHistory
  beforeAll(async () => {
    indexed = await createIndexedHistory()
  })
  afterAll(() => indexed.close())

  test('they are what is looked up anew, however the history and its finality go on', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const step = fc.record({ indexed: share, final: share, at: share })
    await fc.assert(
      fc.asyncProperty(
        spreadHistory,
        fc.array(step, { minLength: 1, maxLength: 4 }),
        async (blocks, steps) => {
          await indexed.begin()
          let version = 0
          const lasting = indexed.open(() => version)
          let done = 0
          for (const { indexed: part, final, at } of [...steps, { indexed: 1, final: 1, at: 1 }]) {
            const next = Math.max(done, 1, Math.ceil(blocks.length * part))
            await indexed.index(blocks.slice(done, next))
            done = next
            const seen = blocks.slice(0, done)
            const blockAt = (where: number): number =>
              seen[Math.min(seen.length - 1, Math.floor(where * seen.length))]?.block.number ?? 0
            await indexed.finalize(blockAt(final))
            version += 1
            const asked = [blockAt(at * final), blockAt(at), blockAt(1)]
            const told: unknown[] = []
            for (const number of asked) told.push(await everySeries(lasting, number))
            // While nothing is final, all is looked up.
            await indexed.finalize(-1)
            const lookedUp: unknown[] = []
            for (const number of asked)
              lookedUp.push(
                await everySeries(
                  indexed.open(() => 0),
                  number,
                ),
              )
            expect(told).toEqual(lookedUp)
          }
        },
      ),
      { ...UNTIL_SHRUNK, numRuns: 40 },
    )
  })

  async function everySeries(store: ReadStore, number: number): Promise<unknown[]> {
    const given: unknown[] = []
    for (const interval of INTERVALS) {
      const request = { interval, from: undefined, to: undefined }
      given.push(
        await store.snapshot(async (reads) => {
          const asOf = await reads.resolve({ kind: 'number', number })
          const points = await reads.seriesAt(asOf, request)
          const closings = await reads.closingsAt(asOf, request, ['totalSupply', 'cumulativeBurn'])
          return [
            points,
            closings.map(({ closing: { economy, timestamp }, ...point }) => {
              const { totalSupply, cumulativeBurn } = economy
              return { ...point, timestamp, totalSupply, cumulativeBurn, opening: undefined }
            }),
          ]
        }),
      )
    }
    return given
  }
})
