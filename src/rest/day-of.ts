import { isoOf } from '../core/iso-time'

/** The day in UTC that an instant (unix seconds) is in: YYYY-MM-DD. */
export function dayOf(instant: number): string {
  return isoOf(instant).slice(0, 10)
}
