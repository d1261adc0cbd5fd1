import { isoOf } from '../read/instant'

/** The day in UTC that an instant (unix seconds) is in: YYYY-MM-DD. */
export function dayOf(instant: number): string {
  return isoOf(instant).slice(0, 10)
}
