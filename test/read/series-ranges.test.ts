import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isoOf } from '../../src/core/iso-time'
import type { SeriesPoint } from '../../src/core/series-points'
import type { AsOfRequest } from '../../src/read/as-of'
import { addressOf, type Draft, TREASURY } from '../support/history'
import { flowsOf } from './counted-events'
import { createIndexedHistory, type IndexedHistory } from './indexed-history'
import { blocksAt, type Interval, secondsOf } from './made-up-time'

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())
beforeEach(() => indexed.begin())

const pay = (value: bigint): Draft => ({
  kind: 'stableTransfer',
  from: addressOf(1),
  to: TREASURY,
  value,
})

interface Range {
  readonly from?: string
  readonly to?: string
}

function seriesAt(interval: Interval, range: Range = {}, request: AsOfRequest = { kind: 'head' }) {
  const [from, to] = [range.from, range.to].map((iso) => (iso === undefined ? undefined : secondsOf(iso)))
  return indexed.ask(request, (reads, asOf) => reads.seriesAt(asOf, { interval, from, to }))
}

/** Each point as its start and what came in. */
const incomes = (points: readonly SeriesPoint[]): [string, bigint][] =>
  points.map(({ start, span }) => [isoOf(start), flowsOf(span).revenue])

describe('an event at the second at which an interval begins is in it, not in the one before', () => {
  test.each([
    ['HOUR', '2024-02-29T10:59:59Z', '2024-02-29T11:00:00Z', '2024-02-29T10:00:00Z'],
    ['DAY', '2024-02-28T23:59:59Z', '2024-02-29T00:00:00Z', '2024-02-28T00:00:00Z'],
    ['DAY', '2024-02-29T23:59:59Z', '2024-03-01T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['DAY', '2024-12-31T23:59:59Z', '2025-01-01T00:00:00Z', '2024-12-31T00:00:00Z'],
    // The week of 30 December 2024 is the first of 2025; that of 28 December 2020 is the 53rd of 2020.
    ['WEEK', '2024-12-29T23:59:59Z', '2024-12-30T00:00:00Z', '2024-12-23T00:00:00Z'],
    ['WEEK', '2021-01-03T23:59:59Z', '2021-01-04T00:00:00Z', '2020-12-28T00:00:00Z'],
    ['MONTH', '2024-02-29T23:59:59Z', '2024-03-01T00:00:00Z', '2024-02-01T00:00:00Z'],
    ['MONTH', '2024-12-31T23:59:59Z', '2025-01-01T00:00:00Z', '2024-12-01T00:00:00Z'],
    // Clocks change on this day in Europe: 23 or 25 hours there, 24 here.
    ['DAY', '2024-03-31T23:59:59Z', '2024-04-01T00:00:00Z', '2024-03-31T00:00:00Z'],
    ['DAY', '2024-10-27T23:59:59Z', '2024-10-28T00:00:00Z', '2024-10-27T00:00:00Z'],
  ] as const)('%s: %s, %s', async (interval, last, first, start) => {
    await indexed.index(blocksAt([last, pay(1n)], [first, pay(10n)]))
    const points = await seriesAt(interval)
    expect(incomes(points)).toEqual([
      [start, 1n],
      [first, 10n],
    ])
    expect(points).toMatchObject([{ isOpen: false }, { isOpen: true }])
  })

  test('a year that turns in the midst of a week is one week', async () => {
    await indexed.index(blocksAt(['2024-12-31T23:59:59Z', pay(1n)], ['2025-01-01T00:00:00Z', pay(10n)]))
    expect(incomes(await seriesAt('WEEK'))).toEqual([['2024-12-30T00:00:00Z', 11n]])
  })
})

test('an interval in which nothing happened is there, with the figures that went on', async () => {
  await indexed.index(
    blocksAt(['2024-02-27T12:00:00Z', pay(1n)], ['2024-03-01T12:00:00Z', pay(10n)], ['2024-03-03T12:00:00Z']),
  )
  const points = await seriesAt('DAY')
  expect(incomes(points)).toEqual([
    ['2024-02-27T00:00:00Z', 1n],
    ['2024-02-28T00:00:00Z', 0n],
    ['2024-02-29T00:00:00Z', 0n],
    ['2024-03-01T00:00:00Z', 10n],
    ['2024-03-02T00:00:00Z', 0n],
    ['2024-03-03T00:00:00Z', 0n],
  ])
  expect(points.map(({ hasEvents, closingBlock }) => [hasEvents, closingBlock])).toEqual([
    [true, 1],
    [false, 1],
    [false, 1],
    [true, 2],
    [false, 2],
    [false, 2],
  ])
  expect(points.map(({ isOpen }) => isOpen)).toEqual([false, false, false, false, false, true])
  expect(points.at(-1)?.span.to).toBe(secondsOf('2024-03-03T12:00:00Z'))
})

describe('asked in the middle of an interval that has long closed', () => {
  test.each(['HOUR', 'DAY', 'WEEK', 'MONTH'] as const)('%s: it is open, and ends there', async (interval) => {
    await indexed.index(
      blocksAt(
        ['2024-02-28T12:10:00Z', pay(1n)],
        ['2024-02-28T12:20:00Z', pay(10n)],
        ['2024-02-28T12:40:00Z', pay(100n)],
        ['2024-06-01T00:00:00Z', pay(1_000n)],
      ),
    )
    const timestamp = secondsOf('2024-02-28T12:30:00Z')
    const [point, ...others] = await seriesAt(interval, {}, { kind: 'timestamp', timestamp })
    expect(others).toEqual([])
    expect(point).toMatchObject({ isOpen: true, closingBlock: 2, span: { to: timestamp } })
    expect(point && flowsOf(point.span).revenue).toBe(11n)
  })
})

describe('which intervals a range means', () => {
  const LONG = blocksAt(['2024-01-10T12:00:00Z', pay(1n)], ['2024-12-10T12:00:00Z', pay(10n)])

  test.each([
    ['HOUR', '2024-12-06T09:00:00Z'],
    ['DAY', '2024-09-02T00:00:00Z'],
  ] as const)('none named: the newest hundred %s', async (interval, first) => {
    await indexed.index(LONG)
    const points = await seriesAt(interval)
    expect(points).toHaveLength(100)
    expect(isoOf(points[0]?.start ?? 0)).toBe(first)
    expect(points.at(-1)?.isOpen).toBe(true)
  })

  test('only the end named: the hundred up to it', async () => {
    await indexed.index(LONG)
    const points = await seriesAt('HOUR', { to: '2024-06-10T12:59:59Z' })
    expect(points).toHaveLength(100)
    expect(points.at(-1)).toMatchObject({ start: secondsOf('2024-06-10T12:00:00Z'), isOpen: false })
  })

  test('those that contain both ends, and all between', async () => {
    await indexed.index(LONG)
    const points = await seriesAt('WEEK', { from: '2024-02-07T01:00:00Z', to: '2024-02-19T00:00:00Z' })
    expect(points.map(({ start }) => isoOf(start))).toEqual([
      '2024-02-05T00:00:00Z',
      '2024-02-12T00:00:00Z',
      '2024-02-19T00:00:00Z',
    ])
    expect(await seriesAt('DAY', { from: '2024-02-07T23:59:59Z', to: '2024-02-07T23:59:59Z' })).toHaveLength(
      1,
    )
  })

  test('what happened at the second at which a range begins is in it', async () => {
    await indexed.index(
      blocksAt(
        ['2024-02-01T12:00:00Z', pay(1n)],
        ['2024-02-05T00:00:00Z', pay(10n)],
        ['2024-02-05T12:00:00Z'],
      ),
    )
    for (const interval of ['HOUR', 'DAY', 'WEEK'] as const) {
      const [point] = await seriesAt(interval, { from: '2024-02-05T00:00:00Z' })
      expect(point && flowsOf(point.span).revenue).toBe(10n)
      expect(point?.span.opening).toMatchObject({ treasuryRevenue: 1n })
    }
  })

  test('what the history does not cover is absent', async () => {
    await indexed.index(LONG)
    const points = await seriesAt('MONTH', { from: '1970-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' })
    expect(points).toHaveLength(12)
    expect(points[0]?.span.from).toBe(secondsOf('2024-01-10T12:00:00Z'))
    expect(points.at(-1)?.span.to).toBe(secondsOf('2024-12-10T12:00:00Z'))
    expect(await seriesAt('DAY', { to: '2024-01-09T23:59:59Z' })).toEqual([])
    expect(await seriesAt('DAY', { from: '2023-01-01T00:00:00Z', to: '2024-01-09T23:59:59Z' })).toEqual([])
    expect(await seriesAt('DAY', { from: '2024-12-11T00:00:00Z' })).toEqual([])
    expect(await seriesAt('DAY', { from: '2025-12-11T00:00:00Z', to: '2026-12-11T00:00:00Z' })).toEqual([])
  })

  test('a thousand intervals, not one more', async () => {
    await indexed.index(LONG)
    const from = '2024-02-01T00:00:00Z'
    const most = await seriesAt('HOUR', { from, to: '2024-03-13T15:00:00Z' })
    expect(most).toHaveLength(1_000)
    await expect(seriesAt('HOUR', { from, to: '2024-03-13T16:00:00Z' })).rejects.toMatchObject({
      code: 'E5024',
      kind: 'invalid',
      facts: { problem: 'it has 1001 buckets', most: 1_000 },
    })
  })

  test('one that ends before it begins is refused', async () => {
    await indexed.index(LONG)
    const range = { from: '2024-02-01T00:00:01Z', to: '2024-02-01T00:00:00Z' }
    await expect(seriesAt('HOUR', range)).rejects.toMatchObject({
      code: 'E5024',
      facts: { problem: 'it begins at 2024-02-01T00:00:01Z and ends before, at 2024-02-01T00:00:00Z' },
    })
  })
})
