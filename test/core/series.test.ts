import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUCKET_INTERVALS, intervalEnd, intervalStart, SERIES_INTERVALS } from '../../src/core/series'
import { history } from '../support/history'
import { foldAll } from './folding'

/** From 1970 to 2128. */
const instant = fc.integer({ min: 0, max: 5_000_000_000 })
const dateOf = (seconds: number): Date => new Date(seconds * 1_000)

describe('intervals', () => {
  test('begin where the calendar says: at full hours, at midnight, on Mondays, on the first of a month', () => {
    fc.assert(
      fc.property(instant, (seconds) => {
        const text = dateOf(seconds).toISOString()
        const at = (iso: string): number => Date.parse(iso) / 1_000
        expect(intervalStart('HOUR', seconds)).toBe(at(`${text.slice(0, 13)}:00:00Z`))
        expect(intervalStart('DAY', seconds)).toBe(at(`${text.slice(0, 10)}T00:00:00Z`))
        expect(intervalStart('MONTH', seconds)).toBe(at(`${text.slice(0, 7)}-01T00:00:00Z`))
        // Step back from day to day until it is Monday.
        const day = dateOf(at(`${text.slice(0, 10)}T00:00:00Z`))
        while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1)
        expect(intervalStart('WEEK', seconds)).toBe(day.getTime() / 1_000)
      }),
    )
  })

  test('cover all of time, each instant once', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...SERIES_INTERVALS), (seconds, interval) => {
        const start = intervalStart(interval, seconds)
        const end = intervalEnd(interval, start)
        expect(start).toBeLessThanOrEqual(seconds)
        expect(end).toBeGreaterThan(seconds)
        expect(intervalStart(interval, start)).toBe(start)
        expect(intervalStart(interval, end - 1)).toBe(start)
        expect(intervalStart(interval, end)).toBe(end)
      }),
    )
  })

  test('nest: hours in days, days in weeks and months', () => {
    fc.assert(
      fc.property(instant, (seconds) => {
        for (const [inner, outer] of [
          ['HOUR', 'DAY'],
          ['DAY', 'WEEK'],
          ['DAY', 'MONTH'],
        ] as const) {
          const start = intervalStart(inner, seconds)
          const around = intervalStart(outer, seconds)
          expect(intervalStart(outer, start)).toBe(around)
          expect(intervalEnd(inner, start)).toBeLessThanOrEqual(intervalEnd(outer, around))
        }
      }),
    )
  })

  test.each([
    ['WEEK', '2024-12-31T23:59:59Z', '2024-12-30', '2025-01-06'],
    ['WEEK', '2025-01-06T00:00:00Z', '2025-01-06', '2025-01-13'],
    ['WEEK', '1970-01-01T00:00:00Z', '1969-12-29', '1970-01-05'],
    ['MONTH', '2024-02-29T12:00:00Z', '2024-02-01', '2024-03-01'],
    ['MONTH', '2023-12-31T23:59:59Z', '2023-12-01', '2024-01-01'],
    ['DAY', '2024-03-31T01:30:00Z', '2024-03-31', '2024-04-01'],
  ] as const)('%s of %s is %s to %s', (interval, text, from, to) => {
    const start = intervalStart(interval, Date.parse(text) / 1_000)
    const bounds = [start, intervalEnd(interval, start)].map((one) => dateOf(one).toISOString().slice(0, 10))
    expect(bounds).toEqual([from, to])
  })
})

describe('buckets', () => {
  test('close at the last snapshot in them, and every snapshot is in one of each length', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const { snapshots, buckets } = foldAll(blocks)
        for (const interval of BUCKET_INTERVALS) {
          const own = buckets.filter((bucket) => bucket.interval === interval)
          const starts = own.map(({ start }) => start)
          expect(starts).toEqual([...new Set(starts)].sort((one, other) => one - other))
          for (const { start, closingBlock } of own) {
            const inside = snapshots.filter(
              ({ timestamp }) => timestamp >= start && timestamp < intervalEnd(interval, start),
            )
            expect(closingBlock).toBe(inside.at(-1)?.blockNumber)
          }
          const covered = snapshots.filter(({ timestamp }) =>
            own.some(({ start }) => timestamp >= start && timestamp < intervalEnd(interval, start)),
          )
          expect(covered).toHaveLength(snapshots.length)
        }
      }),
    )
  })

  test('nest: the last hour of a day closes where the day does', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const { buckets } = foldAll(blocks)
        const hours = buckets.filter(({ interval }) => interval === 'HOUR')
        for (const day of buckets.filter(({ interval }) => interval === 'DAY')) {
          const inside = hours.filter(({ start }) => intervalStart('DAY', start) === day.start)
          expect(inside.at(-1)?.closingBlock).toBe(day.closingBlock)
        }
      }),
    )
  })
})
