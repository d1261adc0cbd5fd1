import { type ApolloServer, HeaderMap } from '@apollo/server'
import { ApolloServerErrorCode } from '@apollo/server/errors'
import type { FormattedExecutionResult } from 'graphql'
import type { EconomyFile } from '../config/economy-file'
import type { Answer } from '../read/answer-cache'
import { cacheControl, contentTag } from '../read/caching'
import type { ReadStore } from '../read/reads'
import { unitsOf } from '../read/units'
import type { ApiContext } from './context'
import { type GraphqlRefusal, LimitExceeded } from './errors'
import { type GraphqlParameters, parametersOfBody, parametersOfSearch } from './http-parameters'
import { notingChanges } from './http-settled'
import { checkTokens } from './limits'
import { presentCause } from './present-error'
import { WrittenData } from './written-data'

/** A request before it is read: GET has a query string, POST a body. */
export interface GraphqlQuestion {
  readonly method: 'GET' | 'POST'
  readonly text: string
}

/** Of an answer to a persisted query that is not known, before it is presented. */
export const NOT_PERSISTED = 404

/** Answers an operation; the status is the one for clients that know GraphQL's own media type. */
export function createAnswering(
  apollo: ApolloServer<ApiContext>,
  store: ReadStore,
  economy: EconomyFile,
): (question: GraphqlQuestion) => Promise<Answer> {
  const units = unitsOf(economy)

  const execute = (parameters: GraphqlParameters, { method }: GraphqlQuestion): Promise<Answer> =>
    store.snapshot(async (reads) => {
      const noted = notingChanges(reads)
      const contextValue: ApiContext = { reads: noted.reads, economy, units, asOfByField: new Map() }
      const http = { method, headers: new HeaderMap(), search: '', body: undefined }
      const response = await apollo.executeOperation({ ...parameters, http }, { contextValue })
      if (response.body.kind !== 'single') throw new TypeError('an answer came in parts')
      const result = response.body.singleResult
      const { errors } = result
      const body = written(result)
      const own = Object.fromEntries(response.http.headers)
      if (errors !== undefined) {
        const headers = { ...own, 'cache-control': 'no-store' }
        return { status: statusOf(result, response.http.status), headers, body }
      }
      const blocks = noted.sawChanging() ? [] : blocksOf(result, contextValue)
      const headers = { ...own, 'cache-control': cacheControl(blocks) }
      // What is asked for by POST is not asked for again under a condition (RFC 9110, 13.1.2).
      const etag = method === 'GET' ? { etag: contentTag(withoutLag(body)) } : {}
      return { status: 200, headers: { ...headers, ...etag }, body }
    })

  return async (question) => {
    const { method, text } = question
    const parameters = method === 'GET' ? parametersOfSearch(text) : parametersOfBody(text)
    try {
      checkTokens(parameters.query ?? '')
    } catch (error) {
      if (error instanceof LimitExceeded) return refusalAnswer(error)
      throw error
    }
    return execute(parameters, question)
  }
}

/** A refusal in the shape of an answer. */
export function refusalAnswer(refusal: GraphqlRefusal): Answer {
  const body = JSON.stringify({ errors: [presentCause(refusal)] })
  return { status: refusal.status, headers: { 'cache-control': 'no-store' }, body }
}

/** JSON of an answer, whose data are mostly written already. */
function written({ errors, data, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof WrittenData)) return JSON.stringify({ errors, data, extensions })
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`
  return `{${before}"data":${data.text}${after}}`
}

/** The block of each part of an answer; undefined where a part is not about one. */
function blocksOf({ data }: FormattedExecutionResult, { asOfByField }: ApiContext) {
  const fields =
    data instanceof WrittenData
      ? data.fields.map(({ responseName }) => responseName)
      : Object.keys(data ?? {})
  return fields.map((field) => asOfByField.get(field))
}

function statusOf({ errors }: FormattedExecutionResult, status = 200): number {
  const unknown = ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND
  return errors?.some(({ extensions }) => extensions?.code === unknown) ? NOT_PERSISTED : status
}

/** `lagSeconds` moves on without a new block, which is no new answer. */
function withoutLag(body: string): string {
  return body.replaceAll(/"lagSeconds":\d+/g, '')
}
