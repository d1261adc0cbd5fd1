import type { FastifyInstance } from 'fastify'
import { send } from './http-app'
import { routeTable } from './route-table'
import type { RestServices } from './services'

/** Serves REST: figures under `/api`, and the state of the service. HEAD comes with every GET. */
export function restRoutes(app: FastifyInstance, services: RestServices): void {
  for (const { path, handle } of routeTable()) {
    app.get(path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request, response) => {
      const { protocol, host, url, params, query, headers } = request
      const asked = { protocol, host, url, params, query, ifNoneMatch: headers['if-none-match'] }
      return send(response, await handle(services, asked))
    })
  }
}
