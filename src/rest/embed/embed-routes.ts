import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AsOfHandler, answerAsOf } from '../answer-as-of'
import { HostInvalid } from '../errors'
import { send } from '../http-app'
import { problemReply } from '../problem'
import { type Reply, withHeaders } from '../reply'
import type { RestServices } from '../services'
import { openGraphImageRoute } from './open-graph-image'
import { type PublicPlace, publicBase } from './public-place'
import { refusedPage } from './refused-page'
import { type Theme, theme, type Widget, type WidgetQuery } from './widget'
import { widgetPage, widgetPolicy } from './widget-page'
import { WIDGETS } from './widgets'

/** Serves what other sites show of ours: widgets to frame, and a picture to share. */
export function embedRoutes(app: FastifyInstance, services: RestServices): void {
  widgetRoute(app, 'treasury', WIDGETS.treasury, services)
  widgetRoute(app, 'burn', WIDGETS.burn, services)
  widgetRoute(app, 'supply', WIDGETS.supply, services)
  openGraphImageRoute(app)
}

function widgetRoute<Query extends WidgetQuery>(
  app: FastifyInstance,
  name: string,
  widget: Widget<Query>,
  services: RestServices,
): void {
  const { publicUrl, framedBy } = services.embed
  const policy = widgetPolicy(framedBy)
  // What is refused before the route is reached, such as too many requests, is shown in the frame as well.
  const errorHandler = (error: unknown, request: FastifyRequest, response: FastifyReply): FastifyReply => {
    // A page names its own place, of which a host that is none says nothing.
    const isShown = (request.headers.accept ?? '').includes('text/html') && !(error instanceof HostInvalid)
    if (!isShown) throw error
    const problem = problemReply(error, services.report)
    const base = publicUrl ?? ''
    const place: PublicPlace = { base, url: `${base}${request.url}` }
    response.removeHeader('x-frame-options')
    const page = refusedPage(problem, { widget, place, theme: themeIn(request.query) })
    return send(response, withHeaders(page, { 'content-security-policy': policy }))
  }
  app.get(`/embed/${name}`, { errorHandler }, async (request: FastifyRequest, response: FastifyReply) => {
    const base = publicBase(publicUrl, request)
    const place: PublicPlace = { base, url: `${base}${request.url}` }
    const reply = await answered(request, widget, place, services)
    response.removeHeader('x-frame-options')
    return send(response, withHeaders(reply, { 'content-security-policy': policy }))
  })
}

/** The widget; for who reads HTML, such as a frame, also what is refused is a page. */
async function answered<Query extends WidgetQuery>(
  { query, headers }: FastifyRequest,
  widget: Widget<Query>,
  place: PublicPlace,
  services: RestServices,
): Promise<Reply> {
  try {
    // The page names its own address, so the host decides the answer as the path does.
    const question = { url: place.url, query, ifNoneMatch: headers['if-none-match'] }
    return await answerAsOf(services, handlerOf(widget, place), widget.query, question)
  } catch (error) {
    if (!(headers.accept ?? '').includes('text/html')) throw error
    return refusedPage(problemReply(error, services.report), { widget, place, theme: themeIn(query) })
  }
}

function handlerOf<Query extends WidgetQuery>(widget: Widget<Query>, place: PublicPlace): AsOfHandler<Query> {
  return (reads, economy) => async (asOf, query) => {
    const content = await widget.content(reads, economy)(asOf, query)
    return widgetPage({ widget, place, theme: query.theme, content, isLive: !asOf.settled })
  }
}

/** The theme of a page that says what is wrong, which may be the theme. */
function themeIn(query: unknown): Theme {
  return theme.catch('auto').parse((query as { theme?: unknown }).theme)
}
