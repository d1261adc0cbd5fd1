import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance } from 'fastify'
import type { EconomyFile } from '../config/economy-file'
import type { ReadStore } from '../read/reads'
import { unitsOf } from '../read/units'
import { createApiSchema } from './api-schema'
import { asOfPlugin } from './as-of-plugin'
import type { ApiContext } from './context'
import { presentError } from './present-error'

/** What the GraphQL edge needs. */
export interface GraphqlServices {
  readonly store: ReadStore
  readonly economy: EconomyFile
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
}

/** Serves GraphQL at `/graphql`, GET and POST; the server stops with the app. */
export async function graphqlRoutes(app: FastifyInstance, services: GraphqlServices): Promise<void> {
  const { store, economy, report } = services
  const ignore = () => {}
  const apollo = new ApolloServer<ApiContext>({
    schema: createApiSchema(),
    introspection: true,
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    // There is nothing to forge: no cookie, no session, no mutation. Plain GET must work (GraphQL over HTTP).
    csrfPrevention: false,
    formatError: (formatted, error) => presentError(formatted, error, report),
    logger: { debug: ignore, info: ignore, warn: report, error: report },
    // The stock landing page is loaded from a CDN.
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      asOfPlugin,
    ],
  })
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())

  const units = unitsOf(economy)
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: (request, reply) =>
      store.snapshot(async (reads) => {
        const context = async (): Promise<ApiContext> => ({ reads, economy, units, asOfByField: new Map() })
        return fastifyApolloHandler(apollo, { context }).call(app, request, reply)
      }),
  })
}
