import type { FastifyInstance } from 'fastify'
import { createConnections } from './live-connections'
import { LIVE_LIMITS, type LiveLimits } from './live-limits'
import { createLiveOperations, type LiveServices } from './live-operations'
import { socketRoute } from './socket-route'
import { streamRoute } from './stream-route'

/**
 * Serves subscriptions, and queries beside them: over WebSocket at `/graphql` (graphql-transport-ws), and as server-sent events
 * at `/graphql/stream`. What is open is closed with the app.
 */
export async function liveRoutes(
  app: FastifyInstance,
  services: LiveServices,
  limits: LiveLimits = LIVE_LIMITS,
): Promise<void> {
  const operations = createLiveOperations(services)
  const connections = createConnections(limits.connections)
  // Before the port is closed, which waits for every connection.
  app.addHook('preClose', async () => connections.close())
  socketRoute(app, operations, connections, limits, services.report)
  await streamRoute(app, operations, connections, limits, services.report)
}
