import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  HeaderMap,
} from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { ExecutionResult, GraphQLSchema } from 'graphql'
import { asOfPlugin } from './as-of-plugin'
import type { ApiContext } from './context'
import { operationLimits } from './limits'
import { limitsPlugin } from './limits-plugin'
import { createExecution } from './planned-execution'
import { presentError } from './present-error'

/** Parses, validates and executes operations; keeps the newest documents and persisted queries, 30 MB of each. */
export function createApolloServer(
  schema: GraphQLSchema,
  report: (error: unknown) => void,
): ApolloServer<ApiContext> {
  const ignore = () => {}
  const { gateway, plugin } = ownExecution(schema)
  return new ApolloServer<ApiContext>({
    gateway,
    introspection: true,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    validationRules: [...operationLimits],
    formatError: (formatted, error) => presentError(formatted, error, report),
    logger: { debug: ignore, info: ignore, warn: report, error: report },
    plugins: [
      // The stock landing page is loaded from a CDN.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      // Looks at every single field of an answer, for hints that there are none of.
      ApolloServerPluginCacheControlDisabled(),
      limitsPlugin,
      asOfPlugin,
      plugin,
    ],
  })
}

type Gateway = NonNullable<ApolloServerOptionsWithGateway<ApiContext>['gateway']>

/**
 * Another execution than that of graphql-js. Apollo has two places for one: where a plugin may know the answer already, and a
 * gateway, which it gives a view of the request that keeps each answer until the whole heap is cleared. So answers come from
 * the former, and what has errors, which Apollo presents, from the latter.
 */
function ownExecution(schema: GraphQLSchema): { gateway: Gateway; plugin: ApolloServerPlugin<ApiContext> } {
  const execute = createExecution(schema)
  const refused = new WeakMap<ApiContext, ExecutionResult>()
  const plugin: ApolloServerPlugin<ApiContext> = {
    async requestDidStart() {
      return {
        async responseForOperation({ document, request: { operationName, variables }, contextValue }) {
          const asked = { document, operationName, variableValues: variables ?? {}, contextValue }
          const result = await execute(asked)
          if (result.errors !== undefined) {
            refused.set(contextValue, result)
            return null
          }
          return {
            http: { headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data: result.data ?? null } },
          }
        },
      }
    },
  }
  const gateway: Gateway = {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => undefined
    },
    async load() {
      return {
        async executor({ context }) {
          const result = refused.get(context as ApiContext)
          if (result === undefined) throw new Error('an operation was not executed')
          return result
        },
      }
    },
    async stop() {},
  }
  return { gateway, plugin }
}
