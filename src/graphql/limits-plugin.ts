import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { GraphQLError, OperationTypeNode } from 'graphql'
import type { ApiContext } from './context'
import { type GraphqlRefusal, LimitExceeded, OperationNotServed } from './errors'
import { checkCost } from './limits'

/** Refuses, once it is known which operation is asked with which variables, what a document alone does not show. */
export const limitsPlugin: ApolloServerPlugin<ApiContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        // A name that no operation has is refused when it is executed.
        if (operation === undefined) return
        if (operation.operation !== OperationTypeNode.QUERY) {
          throw presented(new OperationNotServed({ operation: operation.operation }))
        }
        const variables = request.variables ?? {}
        try {
          checkCost({ schema, document, operation, variables }, contextValue.reads.freshness.now)
        } catch (error) {
          throw error instanceof LimitExceeded ? presented(error) : error
        }
      },
    }
  },
}

/** Apollo takes the HTTP status from here. */
function presented(refusal: GraphqlRefusal): GraphQLError {
  return new GraphQLError(refusal.message, {
    originalError: refusal,
    extensions: { http: { status: refusal.status, headers: new HeaderMap() } },
  })
}
