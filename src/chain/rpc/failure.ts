import type { ErrorClass } from './rpc'

/** What else is known of a failure. */
export interface FailureFacts {
  /** Milliseconds for which the endpoint does not want to be asked, where it said so. */
  readonly retryAfter?: number | undefined
  /** The code of a JSON-RPC error: the node itself answered, with this. */
  readonly code?: number | undefined
  readonly data?: unknown
  /** Judged so by the caller's check, not by the transport. */
  readonly isBadAnswer?: boolean
}

/**
 * One question failed at one endpoint. It stays inside the pool: its message is what the endpoint or the network said,
 * which may hold a secret.
 */
export class Failure extends Error {
  constructor(
    readonly errorClass: ErrorClass,
    message: string,
    readonly facts: FailureFacts = {},
  ) {
    super(message)
  }
}

/** Enough of an error's data to find a provider's words in it; a revert's data may be megabytes of hex. */
const DATA_LIMIT = 500

/** A message with what its data adds to it, for reading. */
export function wholeText(message: string, data: unknown): string {
  if (data === undefined || data === null) return message
  return `${message} ${(typeof data === 'string' ? data : JSON.stringify(data)).slice(0, DATA_LIMIT)}`
}
