import { ApolloServer } from '@apollo/server'
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
import { presentError } from './present-error'

/** Parses, validates and executes operations; keeps the newest documents and persisted queries, 30 MB of each. */
export function createApolloServer(
  schema: GraphQLSchema,
  report: (error: unknown) => void,
): ApolloServer<ApiContext> {
  const ignore = () => {}
  return new ApolloServer<ApiContext>({
    schema,
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
