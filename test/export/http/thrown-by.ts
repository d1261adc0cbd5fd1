import { EconomyError } from '../../../src/core/errors'

/** The error of ours that something throws. */
export function thrownBy(act: () => unknown): EconomyError {
  try {
    act()
  } catch (error) {
    if (error instanceof EconomyError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
