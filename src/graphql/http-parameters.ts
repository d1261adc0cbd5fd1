import { createHash } from 'node:crypto'
import { RequestMalformed } from './errors'

/** What a request asks (GraphQL over HTTP, 5.1). */
export interface GraphqlParameters {
  /** Left out where `extensions` names a persisted one. */
  readonly query?: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly extensions?: Readonly<Record<string, unknown>>
}

const NAMES: readonly string[] = ['query', 'operationName', 'variables', 'extensions']

/**
 * Reads the body of a POST.
 * @throws RequestMalformed (E5060)
 */
export function parametersOfBody(body: string): GraphqlParameters {
  const members = parseJson(body, 'the body')
  if (Array.isArray(members)) throw malformed('several requests in one body are not served')
  return checked(objectOf(members, 'the body'))
}

/**
 * Reads the query string of a GET.
 * @throws RequestMalformed (E5060)
 */
export function parametersOfSearch(search: string): GraphqlParameters {
  const parameters = new URLSearchParams(search)
  for (const name of new Set(parameters.keys())) {
    if (parameters.getAll(name).length > 1) throw malformed(`${JSON.stringify(name)} is given more than once`)
  }
  const entries = [...parameters].map(([name, text]) =>
    name === 'variables' || name === 'extensions' ? [name, parseJson(text, name)] : [name, text],
  )
  return checked(Object.fromEntries(entries))
}

function checked(members: Readonly<Record<string, unknown>>): GraphqlParameters {
  const unknown = Object.keys(members).filter((name) => !NAMES.includes(name))
  if (unknown.length > 0) {
    throw malformed(`${unknown.map((name) => JSON.stringify(name)).join(', ')} is no parameter`)
  }
  const query = textOf(members.query, 'query')
  const operationName = textOf(members.operationName, 'operationName')
  const variables = optionalObject(members.variables, 'variables')
  const extensions = optionalObject(members.extensions, 'extensions')
  if (!query && !extensions?.persistedQuery) throw malformed('there is no query')
  if (extensions !== undefined) checkPersisted(extensions.persistedQuery, query)
  return {
    ...(query === undefined ? {} : { query }),
    // A form that was left empty names no operation.
    ...(operationName ? { operationName } : {}),
    ...(variables === undefined ? {} : { variables }),
    ...(extensions === undefined ? {} : { extensions }),
  }
}

function checkPersisted(persisted: unknown, query: string | undefined): void {
  if (persisted === undefined || persisted === null) return
  const { version, sha256Hash } = objectOf(persisted, 'extensions.persistedQuery')
  if (version !== 1) throw malformed('extensions.persistedQuery.version is not 1')
  if (typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    throw malformed('extensions.persistedQuery.sha256Hash is not a SHA-256 in lower-case hex')
  }
  if (query && createHash('sha256').update(query).digest('hex') !== sha256Hash) {
    throw malformed('extensions.persistedQuery.sha256Hash is not that of the query')
  }
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed(`${what} is not JSON`)
  }
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw malformed(`${name} is not a string`)
  return value
}

function optionalObject(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  return value === undefined || value === null ? undefined : objectOf(value, name)
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw malformed(`${what} is not an object`)
}

function malformed(problem: string): RequestMalformed {
  return new RequestMalformed({ problem })
}
