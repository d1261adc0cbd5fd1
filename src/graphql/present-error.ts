import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { EconomyError } from '../core/errors'
import { InternalFailure } from '../read/errors'

/** What really happened: GraphQL wraps what a resolver or scalar throws, sometimes twice. */
export function causeOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause
}

/**
 * How an error looks in an answer: ours with code, facts and mend; GraphQL's own as they are; anything else is
 * reported and masked, for its text could name tables, hosts or keys.
 */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const cause = causeOf(error)
  if (cause instanceof GraphQLError) return formatted
  if (!(cause instanceof EconomyError)) report(cause)
  return { ...formatted, ...presentCause(cause instanceof EconomyError ? cause : new InternalFailure()) }
}

/** One of our errors, as GraphQL spells them. */
export function presentCause({ message, code, facts, mend }: EconomyError): GraphQLFormattedError {
  return { message, extensions: { code, facts, ...(mend ? { mend } : {}) } }
}
