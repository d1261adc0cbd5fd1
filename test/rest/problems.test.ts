import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { fingerprintOf } from '../../src/config/fingerprint'
import { createSmallApi, type FilledApi, spoilSnapshots } from '../support/filled-api'
import { digestOf, ECONOMY, hashOf, setDeployment, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createSmallApi()
  ;({ tables, api } = filled)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const get = (url: string) => api.app.inject({ url })

describe('a wrong request', () => {
  test.each([
    ['/api/treasury?foo=1', ['foo is unknown']],
    ['/api/supply/total?q=1&r=2', ['q is unknown', 'r is unknown']],
    ['/api/treasury?block=1&block=2', ['block is given more than once']],
    ['/api/treasury?block=latest', ['block is neither a block number nor a block hash']],
    ['/api/treasury?block=-1', ['block is neither a block number nor a block hash']],
    ['/api/treasury?block=', ['block is neither a block number nor a block hash']],
    ['/api/treasury?at=2023-11-14T22:30:59', ['at is neither ISO 8601 with a zone nor unix seconds']],
    ['/api/treasury?block=105&at=1700001050', ['block and at exclude each other']],
    ['/health?verbose', ['verbose is unknown']],
    ['/status?x=1', ['x is unknown']],
  ])('%s is refused with every problem', async (url, problems) => {
    const reply = await get(url)
    expect(reply.statusCode).toBe(400)
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.json()).toMatchObject({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'E5030',
      facts: { problems },
    })
  })

  test.each([
    ['/api/treasury?block=113', 'E5006'],
    ['/api/treasury?block=99', 'E5007'],
    [`/api/supply/total?block=${hashOf(104)}`, 'E5008'],
    [`/api/treasury?at=${timeOf(113)}`, 'E5006'],
    ['/api/treasury?at=1970-01-01', 'E5007'],
    ['/nothing/here?x=1', 'E5031'],
    ['/api/supply/unheard', 'E5031'],
  ])('%s is not found: %s', async (url, code) => {
    const reply = await get(url)
    expect(reply.statusCode).toBe(404)
    expect(reply.json()).toMatchObject({ code, status: 404, title: 'Not Found' })
    expect(reply.headers['access-control-allow-origin']).toBe('*')
  })

  test('of another method is refused with the methods that there are', async () => {
    const reply = await api.app.inject({ method: 'DELETE', url: '/api/treasury?x=1' })
    expect(reply.statusCode).toBe(405)
    expect(reply.headers.allow).toBe('GET, HEAD')
    expect(reply.json()).toMatchObject({ code: 'E5032' })
    const graphql = await api.app.inject({ method: 'DELETE', url: '/graphql' })
    expect(graphql.headers.allow).toBe('GET, POST')
  })

  test('that cannot be read is a problem too', async () => {
    const malformed = await get('/%zz')
    expect([malformed.statusCode, malformed.json().code]).toEqual([400, 'E5034'])
    const long = await get(`/api/accounts/0x${'1'.repeat(400)}`)
    expect([long.statusCode, long.json().code]).toEqual([414, 'E5034'])
  })
})

test('scripts of any origin may read, and ask beforehand', async () => {
  const asked = await api.app.inject({ method: 'OPTIONS', url: '/graphql' })
  expect(asked.statusCode).toBe(204)
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': '*',
  })
  expect((await get('/api/treasury')).headers['access-control-expose-headers']).toContain('etag')
})

describe('a service that cannot answer', () => {
  test('refuses a stale head with Retry-After, but not a named block', async () => {
    api.now = timeOf(112) + 61
    for (const url of ['/api/treasury', '/api/supply', '/api/supply/total', '/api/supply/max']) {
      const reply = await get(url)
      expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '10'])
      expect(reply.json()).toMatchObject({ code: 'E5003', title: 'Service Unavailable' })
    }
    expect((await get('/api/treasury?block=112')).statusCode).toBe(200)
    const ready = await get('/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json().reasons.map((reason: { code: string }) => reason.code)).toEqual(['E5003', 'E5010'])
  })

  test('is ready when head and heartbeat are fresh', async () => {
    const ready = await get('/ready')
    expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, reasons: [] }])
    await filled.change(
      "update source_status set observed_at = observed_at - interval '58 seconds'",
      "update source_status set observed_at = observed_at + interval '58 seconds'",
    )
    expect((await get('/ready')).json()).toMatchObject({ ready: false, reasons: [{ code: 'E5010' }] })
  })

  test('is not ready before its indexes are built, and says so in /status, but answers', async () => {
    await filled.tables.run('update deployment set indexes_pending = true')
    const ready = await get('/ready')
    expect([ready.statusCode, ready.headers['retry-after']]).toEqual([503, '30'])
    expect(ready.json()).toMatchObject({ ready: false, reasons: [{ code: 'E5012' }] })
    expect((await get('/status')).json()).toMatchObject({
      deployment: { indexesPending: true },
      problems: [{ code: 'E5012' }],
    })
    expect((await get('/api/treasury')).statusCode).toBe(200)
    await filled.tables.run('update deployment set indexes_pending = false')
    expect((await get('/ready')).statusCode).toBe(200)
  })

  test('that has not been migrated says so everywhere, and stays alive', async () => {
    await filled.change('alter table head rename to hidden', 'alter table hidden rename to head')
    expect((await get('/api/treasury')).json()).toMatchObject({ code: 'E5001', status: 503 })
    expect((await get('/ready')).json()).toMatchObject({ ready: false, reasons: [{ code: 'E5001' }] })
    expect((await get('/status')).statusCode).toBe(503)
    expect((await get('/health')).json()).toEqual({ alive: true })
  })

  test('over an empty store says what is missing', async () => {
    const empty = await createTables()
    onTestFinished(empty.drop)
    const fresh = await createTestApi(empty.url)
    onTestFinished(fresh.close)
    expect((await fresh.app.inject('/api/supply/total')).json()).toMatchObject({ code: 'E5002' })
    const ready = await fresh.app.inject('/ready')
    expect(ready.json().reasons.map((reason: { code: string }) => reason.code)).toEqual(['E5002', 'E5010'])
    const status = await fresh.app.inject('/status')
    expect(status.statusCode).toBe(200)
    expect(status.json()).toMatchObject({
      deployment: null,
      heads: { indexed: null, finalized: null, chain: null },
      lag: { blocks: null, seconds: null },
      source: null,
      counts: null,
      coverage: [],
      coverageRuns: 0,
      coverageTotals: [],
    })
  })

  test('over another economy says so', async () => {
    const other = await createTestApi(tables.url, { ...ECONOMY, chain: { ...ECONOMY.chain, id: 1 } })
    onTestFinished(other.close)
    const reply = await other.app.inject('/api/treasury?block=110')
    expect([reply.statusCode, reply.json().code]).toEqual([503, 'E5004'])
    expect((await other.app.inject('/ready')).json()).toMatchObject({ reasons: [{ code: 'E5004' }] })
  })

  test('over an unreachable database answers 503 and comes back by itself', async () => {
    const down = await createTestApi('postgres://someone:secret@127.0.0.1:1/none')
    onTestFinished(down.close)
    for (const url of ['/api/treasury', '/ready', '/status']) {
      const reply = await down.app.inject(url)
      expect(reply.statusCode).toBe(503)
      expect(reply.headers['retry-after']).toBe('5')
      expect(reply.body).toContain('E5005')
      expect(reply.body).not.toMatch(/secret|someone|127\.0\.0\.1/)
    }
    await tables.run(`select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database()`)
    // The pool hears of the cut on its own sockets: until then an answer may be 503, never a crash.
    await vi.waitFor(async () => expect((await get('/api/treasury')).statusCode).toBe(200))
  })

  test('masks what it did not expect, and reports it', async () => {
    await spoilSnapshots(filled)
    const reply = await get('/api/treasury')
    expect([reply.statusCode, reply.json().code]).toEqual([500, 'E5099'])
    expect(reply.body).not.toMatch(/burn_mode|UNHEARD/)
    expect(String(api.reported.at(-1))).toContain('burn_mode')
  })
})

test('/status shows heads, lag, source and counts', async () => {
  await setDeployment(tables, ['stable'])
  const reply = await get('/status')
  expect(reply.json()).toMatchObject({
    economy: { chainId: 31337, chainName: 'Test', token: ECONOMY.contracts.token.address },
    deployment: {
      chainId: 31337,
      fingerprint: fingerprintOf(ECONOMY),
      startBlock: 100,
      partial: ['stable'],
      indexesPending: false,
    },
    heads: {
      indexed: { block: 112, hash: hashOf(112), timestamp: '2023-11-14T22:32:00Z' },
      finalized: 106,
      chain: 115,
      chainFinalized: 107,
    },
    lag: { blocks: 3, seconds: 3 },
    source: { url: 'http://node', observedAt: '2023-11-14T22:32:00Z' },
    counts: { events: 9, transfers: 3, holders: 2, stakers: 1 },
    snapshot: { block: 110, digest: digestOf(110) },
    problems: [],
    startedAt: '2023-11-14T22:30:00Z',
  })
})

test('/ links to what is served', async () => {
  const page = await get('/')
  expect(page.headers['content-type']).toContain('text/html')
  const links = [...page.body.matchAll(/<a href="([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(links).toContain('/api/treasury')
  for (const link of links) {
    const url = new URL(link, 'http://localhost').pathname
    expect(api.app.hasRoute({ method: 'GET', url }), link).toBe(true)
  }
  expect(page.body).toContain('/api/accounts/{address}')
})
