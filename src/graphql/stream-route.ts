import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { GraphqlRefusal, NotAcceptable, RequestMalformed, TooManyConnections } from './errors'
import { refusalAnswer } from './http-answer'
import { type GraphqlParameters, parametersOfBody, parametersOfSearch } from './http-parameters'
import type { Connections } from './live-connections'
import type { LiveLimits } from './live-limits'
import type { LiveOperations } from './live-operations'
import { openStream } from './live-stream'
import { presentCause } from './present-error'

const STREAM_TYPE = 'text/event-stream'

/** Streams one operation for each request at `/graphql/stream`, as server-sent events. */
export async function streamRoute(
  app: FastifyInstance,
  operations: LiveOperations,
  connections: Connections,
  limits: LiveLimits,
  report: (error: unknown) => void,
): Promise<void> {
  const stream = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { accept = '*/*' } = request.headers
    if (!accept.includes(STREAM_TYPE) && !accept.includes('*/*')) {
      throw new NotAcceptable({ accept, offered: [STREAM_TYPE] })
    }
    const parameters = parametersOf(request)
    if (reply.raw.socket === null) {
      // Behind another answer a response has no socket yet, and would never be told that its client is gone.
      throw new RequestMalformed({ problem: 'a stream is asked for before an earlier request is answered' })
    }
    const ended = connections.open(() => reply.raw.end())
    if (ended === undefined) throw new TooManyConnections({ most: limits.connections })
    reply.raw.once('close', ended)
    reply.hijack()
    const opened = openStream(reply.raw, headersOf(reply), limits)
    try {
      const operation = operations.prepare(parameters)
      const answer = isRefused(operation) ? { errors: operation } : await operations.run(operation)
      if (Symbol.asyncIterator in answer) {
        const stop = () => answer.return().catch(report)
        reply.raw.once('close', stop)
        if (reply.raw.destroyed) await stop()
        for await (const result of answer) await opened.next(operations.present(result))
      } else {
        await opened.next(operations.present(answer))
      }
    } catch (error) {
      const originalError = error instanceof Error ? error : new Error(String(error))
      await opened.next(operations.present({ errors: [new GraphQLError('', { originalError })] }))
    }
    await opened.complete()
  }
  await app.register(async (scope) => {
    // A body is read as text: what it may hold is checked as it is for one answer.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: limits.messageBytes },
      (_request, body, done) => done(null, body),
    )
    scope.setErrorHandler((error, _request, reply) => {
      if (error instanceof TooManyConnections) {
        return reply
          .code(503)
          .headers({ 'retry-after': error.retryAfterSeconds, 'cache-control': 'no-store' })
          .send({ errors: [presentCause(error)] })
      }
      if (!(error instanceof GraphqlRefusal)) throw error
      const { status, headers, body } = refusalAnswer(error)
      return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(body)
    })
    scope.route({ method: ['GET', 'POST'], url: '/graphql/stream', exposeHeadRoute: false, handler: stream })
  })
}

function parametersOf({ method, url, body }: FastifyRequest): GraphqlParameters {
  const start = url.indexOf('?')
  const search = start === -1 ? '' : url.slice(start + 1)
  const parameters =
    method === 'POST' ? parametersOfBody(typeof body === 'string' ? body : '') : parametersOfSearch(search)
  // A persisted one is looked up for answers that a network may keep; a stream is none.
  if (parameters.query === undefined) throw new RequestMalformed({ problem: 'there is no query' })
  return parameters
}

function isRefused(prepared: ReturnType<LiveOperations['prepare']>): prepared is readonly GraphQLError[] {
  return Array.isArray(prepared)
}

/** What hooks have said already, such as who may read the answer. */
function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
