import { isoOf } from '../core/iso-time'

/** The last second that four-digit years can spell, in unix seconds. */
export const LATEST_INSTANT = 253_402_300_799

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

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
