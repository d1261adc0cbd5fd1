import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { EconomyFile } from '../config/economy-file'
import type { Answer, AnswerCache } from '../read/answer-cache'
import { isKnown } from '../read/caching'
import type { ReadStore } from '../read/reads'
import { createApolloServer } from './apollo-server'
import { GraphqlRefusal, LimitExceeded, NotAcceptable } from './errors'
import { graphiqlRoutes, sendGraphiql } from './graphiql'
import { createAnswering, type GraphqlQuestion, NOT_PERSISTED, refusalAnswer } from './http-answer'
import { ANSWER_TYPES, type AnswerType, chooseMediaType, HTML_TYPE, JSON_TYPE } from './http-media-type'
import { LIMITS } from './limits'

const PAGE_OR_ANSWER = [...ANSWER_TYPES, HTML_TYPE] as const

/** What the GraphQL edge needs. */
export interface GraphqlServices {
  readonly schema: GraphQLSchema
  readonly store: ReadStore
  readonly economy: EconomyFile
  readonly answers: AnswerCache
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
}

/** Serves GraphQL over HTTP at `/graphql`, GET and POST, and GraphiQL to browsers; the server stops with the app. */
export async function graphqlRoutes(app: FastifyInstance, services: GraphqlServices): Promise<void> {
  const { schema, store, economy, report } = services
  const apollo = createApolloServer(schema, report)
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())
  const answerTo = createAnswering(apollo, store, economy)

  await app.register(async (scope) => {
    // A body is read as it came: it says which answer is meant, and one that is kept need not be parsed for.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: LIMITS.bytes },
      (_request, body, done) => done(null, body),
    )
    scope.setErrorHandler((error, request, response) => {
      const refusal = error instanceof GraphqlRefusal ? error : tooLarge(error, request)
      if (refusal === undefined) throw error
      const type = chooseMediaType(request.headers.accept, ANSWER_TYPES) ?? JSON_TYPE
      return sendAnswer(response, refusalAnswer(refusal), type)
    })
    graphiqlRoutes(scope)
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      exposeHeadRoute: false,
      handler: async (request, response) => {
        const question = questionOf(request)
        const offered = question.method === 'GET' ? PAGE_OR_ANSWER : ANSWER_TYPES
        const { accept } = request.headers
        const type = chooseMediaType(accept, offered)
        if (type === undefined) throw new NotAcceptable({ accept: accept ?? '', offered })
        if (type === HTML_TYPE) return sendGraphiql(response)
        const key = `graphql ${question.method} ${question.text}`
        const answer = await services.answers.answer(key, () => answerTo(question))
        return sendAnswer(response, presented(answer, type, request), type)
      },
    })
  })
}

function questionOf({ method, url, body }: FastifyRequest): GraphqlQuestion {
  if (method === 'POST') return { method, text: typeof body === 'string' ? body : '' }
  const start = url.indexOf('?')
  return { method: 'GET', text: start === -1 ? '' : url.slice(start + 1) }
}

/** The answer for a client of a media type, which may have it already. */
function presented(answer: Answer, type: AnswerType, { method, headers }: FastifyRequest): Answer {
  const { status, headers: own } = answer
  // A condition of any other method than GET is another question (RFC 9110, 13.1.2).
  const known = method === 'GET' && status === 200 && isKnown(own.etag ?? '', headers['if-none-match'])
  if (known) return { ...answer, status: 304 }
  // Clients that know JSON alone take what is wrong with a document from the answer, not from the status.
  const told = status === NOT_PERSISTED || (status === 400 && type === JSON_TYPE)
  return told ? { ...answer, status: 200 } : answer
}

function sendAnswer(
  response: FastifyReply,
  { status, headers, body }: Answer,
  type: AnswerType,
): FastifyReply {
  response.code(status).headers({ ...headers, vary: 'accept' })
  return status === 304 ? response.send() : response.type(`${type}; charset=utf-8`).send(body)
}

/** Fastify refuses a body by the length that is announced for it, before it is read. */
function tooLarge(error: unknown, { headers }: FastifyRequest): LimitExceeded | undefined {
  const { code } = error as { code?: unknown }
  const found = Number(headers['content-length'])
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE' || !(found > LIMITS.bytes)) return undefined
  return new LimitExceeded({ limit: 'bytes', most: LIMITS.bytes, found })
}
