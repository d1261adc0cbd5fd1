import { remembered } from './remembered'

/** The last second that four-digit years can spell, in unix seconds. */
export const LATEST_INSTANT = 253_402_300_799

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

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

/**
 * Reads a point in time: unix seconds, or ISO 8601 with its zone (a bare date is midnight UTC; a local time
 * without a zone means another instant on every machine, so it is refused). Fractions of a second are dropped.
 * @returns unix seconds, or undefined if the text names no instant from 1970 to 9999.
 */
export function parseInstant(text: string): number | undefined {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : isoSeconds(text)
  return seconds !== undefined && seconds >= 0 && seconds <= LATEST_INSTANT ? seconds : undefined
}

function isoSeconds(text: string): number | undefined {
  const [, day] = ISO.exec(text) ?? []
  // Date.parse turns 30 February into 2 March; a day that does not survive the round trip does not exist.
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (day === undefined || Number.isNaN(midnight) || !isoOf(midnight / 1000).startsWith(day)) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}
