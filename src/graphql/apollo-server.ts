import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
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
  return new ApolloServer<ApiContext>({
    gateway: executionOf(schema),
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
    ],
  })
}

type Gateway = NonNullable<ApolloServerOptionsWithGateway<ApiContext>['gateway']>

/** The one seam that Apollo has for another execution than that of graphql-js. */
function executionOf(schema: GraphQLSchema): Gateway {
  const execute = createExecution(schema)
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => undefined
    },
    async load() {
      return {
        executor: async ({ document, request: { operationName, variables }, context }) =>
          execute({ document, operationName, variableValues: variables ?? {}, contextValue: context }),
      }
    },
    async stop() {},
  }
}
