import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { parseAddress } from '../read/parse-address'
import { getAccount } from './account'
import { type AsOfHandler, type AsOfQuestion, answerAsOf } from './answer-as-of'
import { emptyQuery, parseQuery } from './as-of-query'
import { BARE_FIGURES, type BareFigureName, getBareFigure } from './bare-supply'
import { validated } from './caching'
import { getDictionary } from './dictionary'
import { getBuyback, getPrice, getStaking, getTreasury, getUsage } from './figure-groups'
import { send } from './http-app'
import { getIndexPage } from './index-page'
import { getInvariants } from './invariants'
import { getMetrics } from './metrics'
import { getReconciliations, reconciliationQuery } from './reconciliations'
import type { Reply } from './reply'
import { getSeries, seriesQuery } from './series'
import { getHealth, getReady, getStatus } from './service-state'
import type { RestServices } from './services'
import { getSupply } from './supply'
import { getPolicy, getWindows } from './windows'

/** Serves REST: figures under `/api`, and the state of the service. HEAD comes with every GET. */
export function restRoutes(app: FastifyInstance, services: RestServices): void {
  figureRoutes(app, services)
  pageRoutes(app, services)
}

/** What is true at a block. */
function figureRoutes(app: FastifyInstance, services: RestServices): void {
  const serve = <P>(path: string, handler: AsOfHandler<P>, ownParameters: z.ZodType<P>): void => {
    app.get(path, async (request, response) =>
      send(response, await answerAsOf(services, handler, ownParameters, questionOf(request))),
    )
  }
  const names = Object.keys(BARE_FIGURES) as BareFigureName[]
  const handlers: [path: string, handler: AsOfHandler][] = [
    ['/api/treasury', getTreasury],
    ['/api/supply', getSupply],
    ...names.map((name): [string, AsOfHandler] => [`/api/supply/${name}`, getBareFigure(name)]),
    ['/api/staking', getStaking],
    ['/api/buyback', getBuyback],
    ['/api/price', getPrice],
    ['/api/usage', getUsage],
    ['/api/policy', getPolicy],
    ['/api/windows', getWindows],
    ['/api/invariants', getInvariants],
  ]
  for (const [path, handler] of handlers) serve(path, handler, emptyQuery)
  serve('/api/series', getSeries, seriesQuery)
  app.get<{ Params: { address: string } }>('/api/accounts/:address', async (request, response) => {
    const handler = getAccount(parseAddress(request.params.address))
    return send(response, await answerAsOf(services, handler, emptyQuery, questionOf(request)))
  })
}

/** What is not about a block. */
function pageRoutes(app: FastifyInstance, services: RestServices): void {
  const { store, economy } = services
  const serve = <P>(
    path: string,
    parameters: z.ZodType<P>,
    page: (parameters: P, ifNoneMatch: string | undefined) => Reply | Promise<Reply>,
  ): void => {
    app.get(path, async (request: FastifyRequest, response: FastifyReply) => {
      const asked = parseQuery(parameters, request.query)
      return send(response, await page(asked, request.headers['if-none-match']))
    })
  }
  serve('/', emptyQuery, getIndexPage)
  serve('/health', emptyQuery, getHealth)
  serve('/ready', emptyQuery, () => getReady(services))
  serve('/status', emptyQuery, () => getStatus(services))
  serve('/metrics', emptyQuery, () => getMetrics(services))
  serve('/api/figures', emptyQuery, (_, ifNoneMatch) => validated(getDictionary(), 300, ifNoneMatch))
  serve('/api/reconciliation', reconciliationQuery, (page, ifNoneMatch) =>
    store.snapshot(async (reads) =>
      validated(await getReconciliations(reads, economy)(page), 2, ifNoneMatch),
    ),
  )
}

function questionOf({ url, query, headers }: FastifyRequest): AsOfQuestion {
  return { url, query, ifNoneMatch: headers['if-none-match'] }
}
