import { second } from '../format/time'

/** A moment of the reader's clock, in UTC: `23:05:09 UTC`. */
export function clock(milliseconds: number): string {
  return second(new Date(milliseconds).toISOString()).slice(11)
}
