/**
 * Base of every error that this program raises on purpose. A code is permanent: callers match on it,
 * operators look it up in docs/errors.md (one section each), nothing ever matches on the message.
 */
export abstract class EconomyError extends Error {
  /** Permanent code, `E` and four digits. */
  abstract readonly code: string

  constructor(
    message: string,
    /** What the sentence is about: the values that were compared, the place where they were found. */
    readonly facts: Readonly<Record<string, unknown>> = {},
    /** What the operator can do about it, as one sentence. */
    readonly mend?: string,
  ) {
    super(message)
    this.name = new.target.name
  }
}

/** Makes a `switch` over a union exhaustive: a new member that is not handled fails to compile. */
export function unreachable(value: never): never {
  throw new TypeError(`unhandled case: ${String(value)}`)
}
