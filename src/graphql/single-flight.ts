/**
 * Shares what is asked again before it is answered: one answer for all who ask at once. Nothing is kept once it is given.
 * @returns a function that asks, or waits for who asked before under the same key
 */
export function singleFlight(): <Result>(key: string, ask: () => Promise<Result>) => Promise<Result> {
  const flights = new Map<string, Promise<unknown>>()
  return async <Result>(key: string, ask: () => Promise<Result>): Promise<Result> => {
    const flight = flights.get(key) ?? ask().finally(() => flights.delete(key))
    flights.set(key, flight)
    // Whoever asks under a key asks for the same.
    return flight as Promise<Result>
  }
}
