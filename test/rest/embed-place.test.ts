import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createEmbedApp, type EmbedApp } from '../support/embed-app'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, HEAD, LIVED } from '../support/lived-economy'
import { ask, READER } from './embed-page'

let filled: FilledApi
let embed: EmbedApp

beforeAll(async () => {
  filled = await createLivedApi()
  embed = createEmbedApp(filled.tables.url, LIVED, HEAD)
})
afterAll(async () => {
  await embed.close()
  await filled.close()
})

test('an answer that names one host is not given to who asked another', async () => {
  const one = await ask(embed, '/embed/burn', { ...READER, host: 'one.example' })
  const two = await ask(embed, '/embed/burn', { ...READER, host: 'two.example:8443' })
  expect(one.body).toContain('http://one.example/og.png')
  expect(two.body).toContain('http://two.example:8443/og.png')
  expect(two.body).not.toContain('one.example')
  expect(one.headers.etag).not.toBe(two.headers.etag)
})

test.each([
  'a"><script>',
  'a/../b',
  'user@evil.example',
  'a b',
  'a:99999',
  '[::1',
  'x'.repeat(300),
  'a?b',
  'a#b',
  'a\\b',
])('a Host header of %j is refused', async (host) => {
  const reply = await ask(embed, '/embed/burn', { ...READER, host })
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({ code: 'E5082' })
})

test.each(['example.org', 'EXAMPLE.org:8080', '127.0.0.1:4350', '[::1]:4350', 'ashao_api:4350'])(
  'a Host header of %s is taken',
  async (host) => {
    expect(await ask(embed, '/embed/burn', { ...READER, host }).then(({ body }) => body)).toContain(
      `content="http://${host}/og.png"`,
    )
  },
)

test('what the operator says comes before what a request says', async () => {
  const configured = createEmbedApp(filled.tables.url, LIVED, HEAD, {
    publicUrl: 'https://example.org/ashao',
    framedBy: "'self' https://example.com",
  })
  onTestFinished(configured.close)
  const reply = await ask(configured, '/embed/burn', { ...READER, host: 'evil.example' })
  expect(reply.body).toContain('content="https://example.org/ashao/og.png"')
  expect(reply.body).not.toContain('evil.example')
  expect(reply.headers['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/example\.com$/)
})

test('everything but widgets is refused for framing', async () => {
  for (const path of ['/embed/nothing', '/', '/api/treasury', '/oembed', '/og.png', '/status', '/nowhere']) {
    const { headers } = await ask(embed, path)
    expect([path, headers['x-frame-options']]).toEqual([path, 'DENY'])
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  }
})

test('the picture to share is 1200 × 630 and small', async () => {
  const reply = await ask(embed, '/og.png')
  expect(reply.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=86400',
  })
  const image = reply.rawPayload
  expect(image.subarray(1, 4).toString()).toBe('PNG')
  expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([1200, 630])
  expect(image.length).toBeLessThan(60_000)
  const again = await ask(embed, '/og.png', { 'if-none-match': String(reply.headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})
