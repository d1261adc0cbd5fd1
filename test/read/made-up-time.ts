import fc from 'fast-check'
import type { EventBlock } from '../../src/core/events'
import { blocksOf, type Draft, history } from '../support/history'

// A calendar of its own: what it says must not come from the code that is tested.

export const INTERVALS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const
export type Interval = (typeof INTERVALS)[number]

/** Unix seconds of a time in ISO 8601. */
export const secondsOf = (iso: string): number => Date.parse(iso) / 1_000

/** When the interval that a time is in began; weeks begin on Monday. */
export function startOf(interval: Interval, time: number): number {
  const date = new Date(time * 1_000)
  if (interval === 'HOUR') return date.setUTCMinutes(0, 0, 0) / 1_000
  date.setUTCHours(0, 0, 0, 0)
  if (interval === 'WEEK') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  if (interval === 'MONTH') date.setUTCDate(1)
  return date.getTime() / 1_000
}

/** The start so many intervals later. */
export function startAfter(interval: Interval, start: number, count = 1): number {
  const date = new Date(start * 1_000)
  if (interval === 'HOUR') date.setUTCHours(date.getUTCHours() + count)
  if (interval === 'DAY') date.setUTCDate(date.getUTCDate() + count)
  if (interval === 'WEEK') date.setUTCDate(date.getUTCDate() + 7 * count)
  if (interval === 'MONTH') date.setUTCMonth(date.getUTCMonth() + count)
  return date.getTime() / 1_000
}

/** Days on which calendars go wrong: the ends of years, months and leap years, and weeks that are in two years. */
const EVES = [
  '2023-12-31',
  '2024-02-28',
  '2024-02-29',
  '2024-12-30',
  '2020-12-31',
  '2021-01-03',
  '2026-10-31',
]

/** How long it takes to the next block: up to weeks, none at all, or to the very second at which an interval begins. */
const step = fc.oneof(
  fc.constantFrom(0, 1, 12).map((seconds) => (time: number) => time + seconds),
  fc.integer({ min: 1, max: 72 * 3_600 }).map((seconds) => (time: number) => time + seconds),
  fc.integer({ min: 1, max: 5 * 7 * 86_400 }).map((seconds) => (time: number) => time + seconds),
  fc.tuple(fc.constantFrom(...INTERVALS), fc.constantFrom(-1, 0)).map(
    ([interval, seconds]) =>
      (time: number) =>
        Math.max(time, startAfter(interval, startOf(interval, time)) + seconds),
  ),
)

/** A made-up history that goes on for hours, weeks or months. */
export const spreadHistory: fc.Arbitrary<EventBlock[]> = fc
  .tuple(history, fc.constantFrom(...EVES), fc.nat(86_400), fc.infiniteStream(step))
  .map(([blocks, eve, second, steps]) => {
    let timestamp = secondsOf(eve) + second
    return blocks.map(({ block, events }) => {
      const placed = { block: { ...block, timestamp }, events }
      const { value: next } = steps.next()
      timestamp = next(timestamp)
      return placed
    })
  })

/** Blocks at given times, each with these events. */
export function blocksAt(...drafts: readonly (readonly [iso: string, ...Draft[]])[]): EventBlock[] {
  const blocks = blocksOf(drafts.map(([, ...events]) => events))
  return blocks.map(({ block, events }, index) => ({
    block: { ...block, timestamp: secondsOf(drafts[index]?.[0] ?? '') },
    events,
  }))
}
