import { TooManyDownloads } from './errors'

/** Exports that are made at once in one process; each keeps a connection to the database for as long as it takes. */
export const MOST_DOWNLOADS = 4

/** Places for work that is limited in number. */
export interface Slots {
  /**
   * Takes a place, without waiting for one.
   * @returns gives it back; more than once is as good as once
   * @throws TooManyDownloads (E7060)
   */
  take(): () => void
}

export function createSlots(most: number): Slots {
  const taken = new Set<symbol>()
  return {
    take: () => {
      if (taken.size >= most) throw new TooManyDownloads({ most, found: taken.size })
      const place = Symbol()
      taken.add(place)
      return () => void taken.delete(place)
    },
  }
}
