import { remembered } from './remembered'

const DAY = 86_400
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/** Unix seconds as ISO 8601 in UTC, to the second: `2026-11-21T10:00:00Z`. */
export function isoOf(seconds: number): string {
  const day = Math.floor(seconds / DAY)
  const second = Math.floor(seconds) - day * DAY
  const minute = Math.floor(second / 60)
  return `${dateOf(day)}T${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}Z`
}

/** The part of ISO 8601 before the time, also of years that have more than four digits: it takes longer than all the rest. */
const dateOf = remembered((day: number): string => {
  const [date = ''] = new Date(day * DAY * 1000).toISOString().split('T')
  return date
})
