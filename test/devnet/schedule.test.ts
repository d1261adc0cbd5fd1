import { expect, test } from 'vitest'
import { createSchedule, demandAt, HOUR_SECONDS } from '../../src/devnet/schedule'

const END = 1_795_255_200

test('hourly blocks end at the end timestamp, and the set-up fits before the first of them', () => {
  const schedule = createSchedule(90, END)
  expect(schedule.hours).toBe(2_160)
  expect(schedule.hourTimestamp(schedule.hours - 1)).toBe(END)
  expect(schedule.hourTimestamp(1) - schedule.hourTimestamp(0)).toBe(HOUR_SECONDS)
  expect(schedule.setupTimestamp(0)).toBe(schedule.genesisTimestamp)
  expect(schedule.setupTimestamp(30)).toBeLessThan(schedule.hourTimestamp(0))
})

test('demand grows over the history and rests at weekends', () => {
  const wednesdayNoon = Date.UTC(2026, 9, 7, 12) / 1_000
  const sundayNoon = Date.UTC(2026, 9, 11, 12) / 1_000
  expect(demandAt(wednesdayNoon, 1)).toBeGreaterThan(2 * demandAt(wednesdayNoon, 0))
  expect(demandAt(sundayNoon, 0.5)).toBeLessThan(demandAt(wednesdayNoon, 0.5))
})
