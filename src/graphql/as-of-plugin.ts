import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError } from 'graphql'
import { asOfJson } from '../read/as-of-json'
import { Refusal } from '../read/errors'
import type { ApiContext } from './context'
import { causeOf } from './present-error'

/**
 * Puts the block of the answer into `extensions.asOf`, so that lists carry it too; where the fields of one
 * operation asked for different blocks, `extensions.asOfByField` names each. An answer that the service cannot
 * give now becomes HTTP 503 with Retry-After, whatever else was asked beside it.
 */
export const asOfPlugin: ApolloServerPlugin<ApiContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue, errors = [] }) {
        const { body, http } = response
        if (body.kind === 'single' && contextValue.asOfByField.size > 0) {
          body.singleResult.extensions = { ...body.singleResult.extensions, ...asOfExtensions(contextValue) }
        }
        const causes = errors.map(causeOf)
        const unavailable = causes.find((cause) => cause instanceof Refusal && cause.kind === 'unavailable')
        if (unavailable instanceof Refusal) {
          http.status = 503
          http.headers.set('retry-after', String(unavailable.retryAfterSeconds))
          http.headers.set('cache-control', 'no-store')
        } else if (causes.some((cause) => !(cause instanceof Refusal || cause instanceof GraphQLError))) {
          http.status = 500
          http.headers.set('cache-control', 'no-store')
        }
      },
    }
  },
}

/** What `extensions` say of the blocks of an answer; nothing if it is about none. */
export function asOfExtensions({ asOfByField }: ApiContext): Record<string, unknown> {
  if (asOfByField.size === 0) return {}
  const entries = [...asOfByField].map(([field, asOf]) => [field, asOfJson(asOf)] as const)
  const [first, ...others] = entries.map(([, asOf]) => asOf)
  const same = others.every((other) => JSON.stringify(other) === JSON.stringify(first))
  return same ? { asOf: first } : { asOfByField: Object.fromEntries(entries) }
}
