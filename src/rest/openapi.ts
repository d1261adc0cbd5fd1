import { z } from 'zod'
import { emptyQuery } from './as-of-query'
import { validated } from './caching'
import { json, type Reply } from './reply'
import { type Answer, jsonAnswer, pageRoute, type Route, type Tag } from './route'
import type { OtherPaths } from './services'
import { VERSION } from './version'
import { problemSchema } from './wire-schema'

type Json = Readonly<Record<string, unknown>>

const NO_OTHERS: OtherPaths = { tags: [], paths: {} }

/** The OpenAPI 3.1 document of these paths, made of the schemas that check their requests. */
export function openApiDocument(routes: readonly Route[], others: OtherPaths = NO_OTHERS): Json {
  const components = new Map<string, unknown>()
  const paths = Object.fromEntries(routes.map((route) => [route.path, { get: operation(route, components) }]))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Economy of $ASHAO',
      version: VERSION,
      summary: 'Supply, burns, stakes, rewards and treasury, each figure true at a block.',
      description: INTRODUCTION,
      license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: [...Object.entries(TAGS).map(([name, description]) => ({ name, description })), ...others.tags],
    paths: { ...paths, ...others.paths },
    components: {
      schemas: Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
      headers: HEADERS,
    },
  }
}

const INTRODUCTION = `Amounts are exact: whole numbers of base units as text and, in names that end in \`Decimal\`, decimal text in whole units; never a JSON number. A figure that is not known is null, with the reason in \`unknown\`.

\`block\` and \`at\` ask for history. Without them the answer is about the newest indexed block; where that is too old, it is refused (503). Every answer says which block it is true at: in \`asOf\`, and in headers, which formats of others have no place for.

Unknown parameters are refused. HEAD is served beside GET.`

const TAGS: Readonly<Record<Tag, string>> = {
  figures: 'Figures at a block.',
  supply: 'Supply, as listing sites read it.',
  explorers: 'Formats of explorers and badges.',
  dashboards: 'Formats of dashboards.',
  service: 'The state of the service, and this document.',
}

const text = (description: string, pattern?: string) => ({
  description,
  schema: { type: 'string', ...(pattern === undefined ? {} : { pattern }) },
})

const AS_OF_HEADERS = {
  'As-Of-Block': text('Block that the answer is true at.', '^\\d+$'),
  'As-Of-Hash': text('Its hash; absent where it is not kept.'),
  'As-Of-Timestamp': text('Its time, ISO 8601; absent where the hash is.'),
  'As-Of-Finalized': text('Whether it can no longer be reorganised away.', '^(true|false)$'),
  'As-Of-Lag-Seconds': text('Seconds from the newest indexed block to now; absent where a block was named.'),
  'As-Of-Digest': text('History digest up to and including that block.'),
}

const VALIDATOR_HEADERS = {
  ETag: text('Weak validator, for If-None-Match.'),
  'Cache-Control': text('How long it may be kept: a year where the block is final.'),
}

const HEADERS = {
  ...VALIDATOR_HEADERS,
  ...AS_OF_HEADERS,
  'Retry-After': text('Seconds after which the same question may have an answer.', '^\\d+$'),
}

const references = (headers: object) =>
  Object.fromEntries(Object.keys(headers).map((name) => [name, { $ref: `#/components/headers/${name}` }]))

type Components = Map<string, unknown>

function operation(route: Route, components: Components): Json {
  const { operation: operationId, tag, summary, description, params, queries } = route
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === '' ? {} : { description }),
    parameters: [
      ...parametersOf(params, 'path'),
      ...queries.flatMap((query) => parametersOf(query, 'query')),
      ...(route.isConditional ? [IF_NONE_MATCH] : []),
    ],
    responses: responsesOf(route, components),
  }
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'ETag of an answer that the client has.',
  schema: { type: 'string' },
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...own } = property as z.core.JSONSchema.JSONSchema
    return { name, in: place, required: required.includes(name), description, schema: own }
  })
}

function responsesOf(route: Route, components: Components): Json {
  const inPath = route.path.includes('{') ? [404, 414] : []
  const refusals = [...new Set([...route.refusals, ...inPath])].map((status): Answer => {
    const description = REFUSED[status] ?? 'A refusal.'
    return { status, type: 'application/problem+json', description, schema: problemSchema }
  })
  const answers = [...route.answers, ...refusals]
  const responses = answers.map(({ status, description }) => [
    String(status),
    { description, ...headersOf(route, status), content: contentOf(answers, status, components) },
  ])
  const known = { 304: { description: 'The client has this answer.', ...headersOf(route, 304) } }
  return { ...Object.fromEntries(responses), ...(route.isConditional ? known : {}) }
}

function contentOf(answers: readonly Answer[], status: number, components: Components): Json {
  const here = answers.filter((answer) => answer.status === status)
  return Object.fromEntries(here.map(({ type, schema }) => [type, { schema: schemaOf(schema, components) }]))
}

const REFUSED: Readonly<Record<number, string>> = {
  400: 'Parameters are unknown, repeated, contradictory or misspelt.',
  404: 'The block is before the history, or not indexed yet; or the path names nothing.',
  414: 'A part of the path is too long to name anything.',
  429: 'Too many requests of one client.',
  501: 'Another format was asked for than there is.',
  503: 'Nothing is indexed yet, the newest block is too old, or the database is away: with the reason.',
}

function headersOf({ isAsOf, isConditional }: Route, status: number): { headers?: Json } {
  if (status === 503 || status === 429) return { headers: references({ 'Retry-After': 0 }) }
  if (status >= 400 || !isConditional) return {}
  return { headers: references({ ...VALIDATOR_HEADERS, ...(isAsOf ? AS_OF_HEADERS : {}) }) }
}

/** A schema for the document: what has a name of its own is moved to the components. */
function schemaOf(schema: z.ZodType, components: Components): unknown {
  const { $schema, $defs = {}, ...own } = z.toJSONSchema(schema)
  for (const [name, each] of Object.entries($defs)) components.set(name, relocated(each))
  return relocated(own)
}

function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' ? String(each).replace('#/$defs/', '#/components/schemas/') : relocated(each),
    ]),
  )
}

/** The path of the document, and how it is served; it is written when it is first asked for. */
export function openApiRoute(routes: () => readonly Route[]): Route {
  let written: Reply | undefined
  return pageRoute({
    path: '/api/openapi.json',
    operation: 'getOpenApiDocument',
    tag: 'service',
    summary: 'This document',
    isConditional: true,
    query: emptyQuery,
    page: ({ otherPaths }, _query, { ifNoneMatch }) => {
      written ??= json(openApiDocument(routes(), otherPaths))
      return validated(written, 300, ifNoneMatch)
    },
    answers: [
      jsonAnswer(z.looseObject({ openapi: z.literal('3.1.1') }), 'The OpenAPI document of these paths.'),
    ],
  })
}
