import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import type { TrustProxySetting } from '../config/proxy-and-rate'
import { EXPOSED_HEADERS } from './caching'
import { MethodNotAllowed, PathUnknown, RequestUnreadable } from './errors'
import { problemReply } from './problem'
import type { Reply } from './reply'

/** Writes an answer to the socket. */
export function send(response: FastifyReply, { status, headers, body }: Reply): FastifyReply {
  return response
    .code(status)
    .headers(headers)
    .send(status === 304 ? undefined : body)
}

/**
 * An HTTP server without routes: CORS open for reads, and every failure a problem with a code. Routes are added
 * by each edge.
 * @param trustProxy whose word counts on who asked, and for which host
 */
export function createHttpApp(
  report: (error: unknown) => void,
  trustProxy: TrustProxySetting = false,
): FastifyInstance {
  const app: FastifyInstance = Fastify({
    logger: false,
    trustProxy: trusted(trustProxy),
    frameworkErrors: (error, _request, response) => {
      send(response as FastifyReply, problemReply(readable(error), report))
    },
  })
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onRequest', async (request, response) => {
    response.header('access-control-allow-origin', '*')
    response.header('access-control-expose-headers', EXPOSED_HEADERS.join(', '))
    response.header('x-content-type-options', 'nosniff')
    // Around anything but a widget, which takes this back, a page of somebody else's could pass for ours.
    response.header('x-frame-options', 'DENY')
    response.header('content-security-policy', "frame-ancestors 'none'")
    if (request.method !== 'OPTIONS') return undefined
    return response
      .headers(preflightHeaders(methodsOf(routes, pathOf(request))))
      .code(204)
      .send()
  })
  app.setNotFoundHandler((request, response) => {
    const path = pathOf(request)
    const allow = methodsOf(routes, path)
    const error =
      allow.length > 0 ? new MethodNotAllowed({ method: request.method, allow }) : new PathUnknown({ path })
    return send(response, problemReply(error, report))
  })
  app.setErrorHandler((error, _request, response) => send(response, problemReply(readable(error), report)))
  return app
}

/** Proxies by their places, or so many of them, counted from this server. */
function trusted(setting: TrustProxySetting): false | string[] | ((address: string, hop: number) => boolean) {
  if (setting === false) return false
  return typeof setting === 'number' ? (_, hop) => hop < setting : [...setting]
}

function preflightHeaders(methodsOfPath: readonly string[]): Record<string, string> {
  const methods = [...methodsOfPath, 'OPTIONS'].join(', ')
  return {
    allow: methods,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
  }
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '/'
}

function methodsOf(routes: readonly RouteOptions[], path: string): string[] {
  const here = routes.filter(({ url }) => fits(url, path)).flatMap(({ method }) => method)
  return ['GET', 'HEAD', 'POST'].filter((method) => here.includes(method))
}

/** Whether a path is one of a pattern's, in which a part that begins with a colon stands for any. */
function fits(pattern: string, path: string): boolean {
  const parts = path.split('/')
  const wanted = pattern.split('/')
  if (parts.length !== wanted.length) return false
  return wanted.every((part, index) => part.startsWith(':') || part === parts[index])
}

/** What Fastify could not read is the client's; anything else stays what it is. */
function readable(error: unknown): unknown {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown }
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return error
  return new RequestUnreadable(statusCode, { reason: typeof code === 'string' ? code : 'unreadable' })
}
