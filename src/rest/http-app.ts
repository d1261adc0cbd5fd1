import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
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
 */
export function createHttpApp(report: (error: unknown) => void): FastifyInstance {
  const app: FastifyInstance = Fastify({
    logger: false,
    frameworkErrors: (error, _request, response) => {
      send(response as FastifyReply, problemReply(readable(error), report))
    },
  })
  app.addHook('onRequest', async (request, response) => {
    response.header('access-control-allow-origin', '*')
    response.header('access-control-expose-headers', EXPOSED_HEADERS.join(', '))
    response.header('x-content-type-options', 'nosniff')
    if (request.method === 'OPTIONS') return response.headers(preflightHeaders(app, request)).code(204).send()
    return undefined
  })
  app.setNotFoundHandler((request, response) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const allow = methodsOf(app, path)
    const error =
      allow.length > 0 ? new MethodNotAllowed({ method: request.method, allow }) : new PathUnknown({ path })
    return send(response, problemReply(error, report))
  })
  app.setErrorHandler((error, _request, response) => send(response, problemReply(readable(error), report)))
  return app
}

function preflightHeaders(app: FastifyInstance, request: FastifyRequest): Record<string, string> {
  const methods = [...methodsOf(app, request.url.split('?', 1)[0] ?? '/'), 'OPTIONS'].join(', ')
  return {
    allow: methods,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
  }
}

function methodsOf(app: FastifyInstance, path: string): string[] {
  return ['GET', 'HEAD', 'POST'].filter((method) => app.hasRoute({ method, url: path }))
}

/** What Fastify could not read is the client's; anything else stays what it is. */
function readable(error: unknown): unknown {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown }
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return error
  return new RequestUnreadable(statusCode, { reason: typeof code === 'string' ? code : 'unreadable' })
}
