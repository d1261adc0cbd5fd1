import { afterAll, beforeAll, expect, test } from 'vitest'
import { runApi } from '../../src/cli/api'
import type { Config } from '../../src/config'
import { parseEnvironment } from '../../src/config/environment'
import { ECONOMY, fillSmallEconomy } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
})
afterAll(() => tables.drop())

const configOf = (overrides: { port?: number; host?: string; databaseUrl?: string } = {}): Config => {
  const databaseUrl = overrides.databaseUrl ?? tables.url
  const environment = { ...parseEnvironment({}, []), port: 0, ...overrides }
  return { environment: { ...environment, databaseUrl, databaseReadUrl: databaseUrl }, economy: ECONOMY }
}

test('serves over a socket until it is closed', async () => {
  const api = await runApi(configOf())
  const reply = await fetch(new URL('/api/supply/max?block=110', api.url))
  expect([reply.status, await reply.text()]).toEqual([200, '1000000000'])
  // The history ended in 2023: by the real clock, a figure about now must be refused.
  const stale = await fetch(new URL('/api/supply/max', api.url))
  expect([stale.status, await stale.json()]).toMatchObject([503, { code: 'E5003' }])
  await api.close()
  await expect(fetch(api.url)).rejects.toThrow()
})

test('starts without a database', async () => {
  const api = await runApi(configOf({ databaseUrl: 'postgres://127.0.0.1:1/none' }))
  expect((await fetch(new URL('/ready', api.url))).status).toBe(503)
  expect((await fetch(new URL('/health', api.url))).status).toBe(200)
  await api.close()
})

test('says which port is taken, and which address cannot be used', async () => {
  const api = await runApi(configOf())
  const port = Number(new URL(api.url).port)
  await expect(runApi(configOf({ port }))).rejects.toMatchObject({
    code: 'E6201',
    facts: { host: '127.0.0.1', port },
  })
  await api.close()
  // TEST-NET-3 is on no machine (RFC 5737).
  await expect(runApi(configOf({ host: '203.0.113.1' }))).rejects.toMatchObject({
    code: 'E6206',
    facts: { reason: 'EADDRNOTAVAIL' },
  })
})
