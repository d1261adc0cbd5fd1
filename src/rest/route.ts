import type { z } from 'zod'
import { type AsOfHandler, answerAsOf } from './answer-as-of'
import { asOfQuery, emptyQuery, parsePath, parseQuery } from './as-of-query'
import type { Reply } from './reply'
import type { RestServices } from './services'

/** A request, before any HTTP framework. */
export interface RestRequest {
  readonly protocol: string
  /** The Host header, or what a trusted proxy says that it was. */
  readonly host: string
  /** Path and query, as sent. */
  readonly url: string
  /** What stands in the path where it has names in braces. */
  readonly params: unknown
  readonly query: unknown
  readonly ifNoneMatch: string | undefined
}

/** What an answer of one status is: everything that is served with it fits the schema. */
export interface Answer {
  readonly status: number
  /** Media type, without parameters. */
  readonly type: string
  readonly description: string
  readonly schema: z.ZodType
}

/** How OpenAPI groups the paths. */
export type Tag = 'figures' | 'supply' | 'explorers' | 'dashboards' | 'service'

/**
 * One path, for the three that have to agree about it: the server, the check of what is asked, and the document. It is
 * served with GET, and HEAD with it.
 */
export interface Route {
  /** As OpenAPI spells it: `/api/accounts/{address}`. */
  readonly path: string
  /** The name that a generated client gives its function. */
  readonly operation: string
  readonly tag: Tag
  readonly summary: string
  readonly description: string
  /** A URL of it that has an answer. */
  readonly example: string
  /** Checks what stands in the path. */
  readonly params: z.ZodType
  /** Check the query, each its own parameters. */
  readonly queries: readonly z.ZodType[]
  readonly answers: readonly Answer[]
  /** HTTP statuses of refusals, each a problem. */
  readonly refusals: readonly number[]
  /** Whether answers are about a block, and say in headers which. */
  readonly isAsOf: boolean
  /** Whether answers have a validator, so that the same one is 304 the next time. */
  readonly isConditional: boolean
  readonly handle: (services: RestServices, request: RestRequest) => Reply | Promise<Reply>
}

type Described = Pick<Route, 'path' | 'operation' | 'tag' | 'summary' | 'answers'> &
  Partial<Pick<Route, 'description' | 'example' | 'refusals'>>

interface AsOfRoute<Params, Query> extends Described {
  readonly params: z.ZodType<Params>
  /** Checks the parameters besides the block. */
  readonly query: z.ZodType<Query>
  readonly handler: (params: Params) => AsOfHandler<Query>
}

/** A path that answers as of a block. */
export function asOfRoute<Params, Query>({
  params,
  query,
  handler,
  ...described
}: AsOfRoute<Params, Query>): Route {
  return {
    description: '',
    example: described.path,
    refusals: [400, 404, 429, 503],
    ...described,
    params,
    queries: query === emptyQuery ? [asOfQuery] : [query, asOfQuery],
    isAsOf: true,
    isConditional: true,
    handle: (services, request) =>
      answerAsOf(services, handler(parsePath(params, request.params)), query, request),
  }
}

interface PageRoute<Query> extends Described {
  readonly params?: z.ZodType
  readonly query: z.ZodType<Query>
  readonly isConditional?: boolean
  readonly page: (services: RestServices, query: Query, request: RestRequest) => Reply | Promise<Reply>
}

/** A path that is not about a block. */
export function pageRoute<Query>({
  params = emptyQuery,
  query,
  page,
  ...described
}: PageRoute<Query>): Route {
  return {
    description: '',
    example: described.path,
    refusals: [400, 429],
    isConditional: false,
    ...described,
    params,
    queries: [query],
    isAsOf: false,
    handle: (services, request) => {
      parsePath(params, request.params)
      return page(services, parseQuery(query, request.query), request)
    },
  }
}

/** An answer in JSON that succeeds. */
export function jsonAnswer(schema: z.ZodType, description: string): Answer {
  return { status: 200, type: 'application/json', description, schema }
}
