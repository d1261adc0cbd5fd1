import { DatabaseUnavailable } from './errors'

/** Lets so many answers be made at once. */
export interface Turns {
  /**
   * Makes an answer when it is its turn: in the order in which they came.
   * @throws DatabaseUnavailable (E5005) if it does not come in time, and what `make` throws
   */
  take<T>(make: () => Promise<T>): Promise<T>
}

/**
 * More answers at once than there are connections would wait for one in the midst of being made: with all that has begun for
 * each of them grown old meanwhile, and so with the rows that are read in the end, which then stay until the whole heap is cleared.
 * @param most answers at once
 * @param patience milliseconds until who waits is refused
 */
export function createTurns(most: number, patience: number): Turns {
  const waiting = new Set<() => void>()
  let taken = 0

  const turn = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer)
        waiting.delete(begin)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(begin)
        reject(new DatabaseUnavailable({ reason: 'no connection is free' }))
      }, patience)
      waiting.add(begin)
    })

  return {
    async take(make) {
      if (taken < most) taken += 1
      else await turn()
      try {
        return await make()
      } finally {
        // Handed on as it is, so that nobody comes in between.
        const [next] = waiting
        if (next === undefined) taken -= 1
        else next()
      }
    },
  }
}
