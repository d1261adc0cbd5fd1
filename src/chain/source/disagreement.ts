import { setTimeout as sleep } from 'node:timers/promises'
import { NodeUntrusted } from '../errors'
import { BadAnswer, type EndpointName, type Rpc } from '../rpc/rpc'

/** Answers that are each well formed do not fit each other: one of them is not true, or the chain moved meanwhile. */
export class Disagreement extends Error {
  constructor(
    message: string,
    /** Whose answers they were. */
    readonly endpoints: ReadonlySet<EndpointName>,
  ) {
    super(message)
  }
}

/** Runs a check of answers of several calls: what it refuses is a disagreement among those who gave them. */
export function inAgreement(endpoints: ReadonlySet<EndpointName>, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (error instanceof BadAnswer) throw new Disagreement(error.message, endpoints)
    throw error
  }
}

/** How often the same is read until nobody is believed any more, and the pauses between, in milliseconds. */
const TRIES = 12
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1_000

/**
 * Reads again, from others where there are others, what did not fit together.
 * @param what is read, for the statement
 * @throws NodeUntrusted (E3014) if it never does
 */
export async function untilAgreed<T>(
  rpc: Rpc,
  what: string,
  read: (avoid: ReadonlySet<EndpointName>) => Promise<T>,
): Promise<T> {
  let avoid: ReadonlySet<EndpointName> = new Set()
  for (let tries = 1; ; tries += 1) {
    try {
      return await read(avoid)
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error
      for (const endpoint of error.endpoints) rpc.distrust(endpoint, error.message)
      if (tries === TRIES) {
        const endpoint = [...error.endpoints].join(', ')
        throw new NodeUntrusted({ method: what, what: error.message, endpoint, tries })
      }
      // Of several that do not fit each other nobody knows who is wrong: each in turn is left out.
      const told = [...error.endpoints]
      const turn = tries % Math.max(told.length, 1)
      avoid = new Set(told.slice(turn, turn + 1))
      await sleep(Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE))
    }
  }
}
