import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import type { RateLimitSetting } from '../../src/config/proxy-and-rate'
import { embedRoutes } from '../../src/rest/embed/embed-routes'
import { createHttpApp } from '../../src/rest/http-app'
import { problemReply } from '../../src/rest/problem'
import { limitRate } from '../../src/rest/rate-limit'
import { ECONOMY } from '../support/small-economy'

async function limited(limit: RateLimitSetting, trustProxy: false | string[] = false) {
  const app = Fastify({ trustProxy })
  onTestFinished(async () => {
    await app.close()
  })
  app.setErrorHandler((error, _request, response) => {
    const { status, headers, body } = problemReply(error, () => undefined)
    return response.code(status).headers(headers).send(body)
  })
  await limitRate(app, limit)
  for (const path of ['/one', '/other']) app.get(path, () => 'here')
  return (remoteAddress: string, url = '/one', forwarded?: string) =>
    app.inject({
      url,
      remoteAddress,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    })
}

const TWO = { perMinute: 2, sparesLoopback: true }

/** What each of several clients gets that ask one after the other. */
async function statuses<T>(
  clients: readonly T[],
  ask: (client: T) => PromiseLike<{ readonly statusCode: number }>,
): Promise<number[]> {
  const found: number[] = []
  for (const client of clients) found.push((await ask(client)).statusCode)
  return found
}

test('a client that asks too often is told which limit there is, and when to come again', async () => {
  const ask = await limited(TWO)
  expect((await ask('192.0.2.1')).headers).toMatchObject({
    'ratelimit-limit': '2',
    'ratelimit-remaining': '1',
  })
  expect((await ask('192.0.2.1', '/other')).statusCode).toBe(200)
  const refused = await ask('192.0.2.1')
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(refused.headers['cache-control']).toBe('no-store')
  const wait = Number(refused.headers['retry-after'])
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60)
  expect(refused.json()).toMatchObject({
    title: 'Too Many Requests',
    code: 'E5064',
    facts: { limitPerMinute: 2, retryAfterSeconds: wait },
  })
  expect((await ask('192.0.2.2')).statusCode).toBe(200)
})

test('a network that one customer has is one client', async () => {
  const ask = await limited(TWO)
  const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::ffff:3']
  expect(await statuses(addresses, (address) => ask(address))).toEqual([200, 200, 429])
  expect((await ask('2001:db8:0:1::1')).statusCode).toBe(200)
})

test.each(['127.0.0.1', '127.0.0.9', '::1', '::ffff:127.0.0.1'])(
  '%s is limited only if that is asked for',
  async (address) => {
    const three = async (limit: RateLimitSetting) => {
      const ask = await limited(limit)
      return statuses([address, address, address], (client) => ask(client))
    }
    expect(await three(TWO)).toEqual([200, 200, 200])
    expect(await three({ ...TWO, sparesLoopback: false })).toEqual([200, 200, 429])
    expect(await three({ perMinute: 0, sparesLoopback: false })).toEqual([200, 200, 200])
  },
)

test('behind a proxy, those are counted for whom it asks; nobody else is believed', async () => {
  const trusting = await limited(TWO, ['127.0.0.1'])
  const client = (last: number) => trusting('127.0.0.1', '/one', `192.0.2.${last}`)
  expect(await statuses([1, 1, 1, 2], client)).toEqual([200, 200, 429, 200])
  const liar = (last: number) => trusting('198.51.100.7', '/one', `192.0.2.${last}`)
  expect(await statuses([4, 5, 6], liar)).toEqual([200, 200, 429])
})

test('a widget says so in its frame', async () => {
  const app = createHttpApp(() => undefined)
  onTestFinished(async () => {
    await app.close()
  })
  await limitRate(app, { perMinute: 1, sparesLoopback: false })
  const away = () => Promise.reject(new Error('nothing is asked of it'))
  embedRoutes(app, {
    store: { snapshot: away },
    economy: ECONOMY,
    answers: { answer: away },
    startedAt: 0,
    reconcileSeconds: 0,
    embed: { publicUrl: undefined, framedBy: 'https://example.org' },
    report: () => undefined,
  })
  await app.inject('/embed/burn')
  const refused = await app.inject({ url: '/embed/burn', headers: { accept: 'text/html' } })
  expect(refused.statusCode).toBe(429)
  expect(refused.headers).not.toHaveProperty('x-frame-options')
  expect(refused.headers['content-security-policy']).toMatch(/frame-ancestors https:\/\/example\.org$/)
  expect(refused.headers['content-type']).toContain('text/html')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(refused.body).toContain('E5064')
  expect(refused.body).toContain('Figures come back by themselves.')
  expect((await app.inject('/embed/burn')).headers['x-frame-options']).toBe('DENY')
})
