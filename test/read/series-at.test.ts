import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import type { EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import type { SeriesPoint } from '../../src/core/series-points'
import type { AsOfRequest } from '../../src/read/as-of'
import type { SeriesRequest } from '../../src/read/series-at'
import { POLICY, START, sha256 } from '../support/history'
import { countEvents, countStake, flowsOf, hasFigures, integralsOf } from './counted-events'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'
import { INTERVALS, type Interval, spreadHistory, startAfter, startOf } from './made-up-time'

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())
beforeEach(() => indexed.begin())

const seriesAt = (request: AsOfRequest, series: SeriesRequest): Promise<readonly SeriesPoint[]> =>
  indexed.ask(request, (reads, asOf) => reads.seriesAt(asOf, series))

/** Starts of the intervals that a request means, as far as the history covers them. */
function startsOf({ interval, from, to }: SeriesRequest, beginning: number, instant: number): number[] {
  const last = startOf(interval, Math.min(to ?? instant, instant))
  const first = from === undefined ? startAfter(interval, last, -99) : startOf(interval, from)
  const starts: number[] = []
  for (let start = Math.max(first, startOf(interval, beginning)); start <= last; ) {
    starts.push(start)
    start = startAfter(interval, start)
  }
  return starts
}

/** Compares a series with the events of the blocks up to its instant. */
function expectCounted(
  points: readonly SeriesPoint[],
  request: SeriesRequest,
  blocks: readonly EventBlock[],
  instant: number,
): void {
  const { interval } = request
  const beginning = blocks[0]?.block.timestamp ?? 0
  const { snapshots } = fold(START, blocks, POLICY, sha256)
  expect(points.map(({ start }) => start)).toEqual(startsOf(request, beginning, instant))
  for (const { start, end, isOpen, hasEvents, closingBlock, closing, span } of points) {
    expect(end).toBe(startAfter(interval, start))
    expect(isOpen).toBe(end > instant)
    expect(span).toMatchObject({ from: Math.max(start, beginning), to: Math.min(end, instant) })
    const isInside = (timestamp: number) => timestamp >= start && timestamp < end
    expect(hasEvents).toBe(blocks.some(({ block, events }) => events.length > 0 && isInside(block.timestamp)))
    expect(flowsOf(span)).toEqual(countEvents(blocks, isInside))
    expect(integralsOf(span)).toEqual(countStake(blocks, span.from, span.to))
    const newest = snapshots.findLast(({ timestamp }) => timestamp < end)
    expect(closingBlock).toBe(newest?.blockNumber)
    expect(newest).toMatchObject({ ...closing.economy, timestamp: closing.timestamp })
  }
}

/** Each interval goes on from where the one before it ended, so that the changes add up. */
function expectContinuous(points: readonly SeriesPoint[], blocks: readonly EventBlock[]): void {
  for (const [index, point] of points.slice(1).entries()) {
    const before = points[index]
    expect(point.span.opening).toEqual(before?.span.closing)
    expect(point.span.from).toBe(before?.span.to)
  }
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return
  const whole = flowsOf({ opening: first.span.opening, closing: last.span.closing })
  const amounts = points.map(({ span }) => flowsOf(span))
  for (const name of ['minted', 'burned', 'revenue', 'rewardsPaid'] as const) {
    expect(amounts.reduce((sum, flows) => sum + flows[name], 0n)).toBe(whole[name])
  }
  if (first.span.from === blocks[0]?.block.timestamp) expect(first.span.opening).toEqual(GENESIS)
}

const INTERVAL = fc.constantFrom(...INTERVALS)
/** Where a range begins or ends, as a share of the history; it may also lie outside, or be left open. */
const BOUND = fc.option(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { nil: undefined })
const SHARE = fc.double({ min: 0, max: 1, noNaN: true })

describe('a series holds what the events of each interval add up to', () => {
  test.each(INTERVALS)('%s: asked at any time, for any range', async (interval) => {
    await fc.assert(
      fc.asyncProperty(spreadHistory, SHARE, BOUND, BOUND, async (blocks, at, ...bounds) => {
        const [beginning, end] = [blocks[0], blocks.at(-1)].map((one) => one?.block.timestamp ?? 0)
        if (beginning === undefined || end === undefined) throw new RangeError('an empty history')
        const timeAt = (share: number) => Math.floor(beginning + (end - beginning) * share)
        const timestamp = timeAt(at)
        const [from, to] = bounds.map((share) => (share === undefined ? undefined : timeAt(share)))
        const request = { interval, from, to }
        await indexed.begin()
        await indexed.index(blocks)
        const points = seriesAt({ kind: 'timestamp', timestamp }, request)
        const isBackwards = from !== undefined && to !== undefined && from > to
        if (isBackwards || startsOf(request, beginning, timestamp).length > 1_000) {
          await expect(points).rejects.toMatchObject({ code: 'E5024', kind: 'invalid' })
          return
        }
        const before = blocks.filter(({ block }) => block.timestamp <= timestamp)
        expectCounted(await points, request, before, timestamp)
        expectContinuous(await points, before)
      }),
      { ...UNTIL_SHRUNK, numRuns: 40 },
    )
  })

  test('asked at any block, blocks after it are not in it, though they be of the same second', async () => {
    await fc.assert(
      fc.asyncProperty(spreadHistory, INTERVAL, fc.nat(), async (blocks, interval, place) => {
        const cut = 1 + (place % blocks.length)
        const upTo = blocks.slice(0, cut)
        const newest = upTo.findLast(hasFigures)
        const { number = 0 } = upTo.at(-1)?.block ?? {}
        const { timestamp: instant = 0 } = newest?.block ?? {}
        await indexed.begin()
        await indexed.index(blocks)
        const request = { interval, from: undefined, to: undefined }
        expectCounted(await seriesAt({ kind: 'number', number }, request), request, upTo, instant)
      }),
      { ...UNTIL_SHRUNK, numRuns: 40 },
    )
  })
})

test('asked as of an older block, it is what it was when that block was the newest', async () => {
  await fc.assert(
    fc.asyncProperty(spreadHistory, fc.nat(), async (blocks, place) => {
      const withFigures = blocks.filter(hasFigures)
      const cut = withFigures[place % withFigures.length]?.block
      if (cut === undefined) throw new RangeError('an empty history')
      const ask = async (request: AsOfRequest) => {
        const series: [Interval, readonly SeriesPoint[]][] = []
        for (const interval of INTERVALS) {
          series.push([interval, await seriesAt(request, { interval, from: undefined, to: undefined })])
        }
        return series
      }
      await indexed.begin()
      await indexed.index(blocks.filter(({ block }) => block.number <= cut.number))
      const then = await ask({ kind: 'head' })
      await indexed.index(blocks.filter(({ block }) => block.number > cut.number))
      expect(await ask({ kind: 'number', number: cut.number })).toEqual(then)
      expect(await ask({ kind: 'hash', hash: cut.hash })).toEqual(then)
    }),
    { ...UNTIL_SHRUNK, numRuns: 25 },
  )
})
