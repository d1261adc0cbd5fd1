import type { FastifyInstance } from 'fastify'
import { answerAsOf, type Figure } from './answer-as-of'
import { emptyQuery, parseQuery } from './as-of-query'
import { send } from './http-app'
import { getIndexPage } from './index-page'
import type { Reply } from './reply'
import { getHealth, getReady, getStatus } from './service-state'
import type { RestServices } from './services'
import { BARE_FIGURES, type BareFigureName, getBareFigure, getSupply } from './supply'
import { getTreasury } from './treasury'

/** Serves REST: figures under `/api`, and the state of the service. HEAD comes with every GET. */
export function restRoutes(app: FastifyInstance, services: RestServices): void {
  const names = Object.keys(BARE_FIGURES) as BareFigureName[]
  const figures: [path: string, figure: Figure][] = [
    ['/api/treasury', getTreasury],
    ['/api/supply', getSupply],
    ...names.map((name): [string, Figure] => [`/api/supply/${name}`, getBareFigure(name)]),
  ]
  for (const [path, figure] of figures) {
    app.get(path, async (request, response) => {
      const { url, query } = request
      const ifNoneMatch = request.headers['if-none-match']
      return send(response, await answerAsOf(services, figure, { url, query, ifNoneMatch }))
    })
  }
  const pages: [path: string, page: () => Reply | Promise<Reply>][] = [
    ['/', getIndexPage],
    ['/health', getHealth],
    ['/ready', () => getReady(services)],
    ['/status', () => getStatus(services)],
  ]
  for (const [path, page] of pages) {
    app.get(path, async (request, response) => {
      parseQuery(emptyQuery, request.query)
      return send(response, await page())
    })
  }
}
