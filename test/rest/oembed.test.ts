import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createEmbedApp, type EmbedApp } from '../support/embed-app'
import { ECONOMY } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let embed: EmbedApp

beforeAll(async () => {
  // Nothing is in it: how a widget is framed does not depend on what it shows.
  tables = await createTables()
  embed = createEmbedApp(tables.url, ECONOMY, 112)
})
afterAll(async () => {
  await embed.close()
  await tables.drop()
})

const HOST = 'stats.example'
const HERE = `http://${HOST}`

const ask = (parameters: Record<string, string>, from = embed) =>
  from.app.inject({ url: `/oembed?${new URLSearchParams(parameters)}`, headers: { host: HOST } })

/** The attributes of the frame that an answer has. */
function frameOf(html: string): Record<string, string> {
  expect(html).toMatch(/^<iframe( [a-z]+="[^"<>]*")+><\/iframe>$/)
  return Object.fromEntries(
    [...html.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

test('says how to frame a widget, in the words of oEmbed 1.0', async () => {
  const reply = await ask({ url: `${HERE}/embed/treasury` })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(reply.headers['cache-control']).toContain('max-age=3600')
  const { html, ...others } = reply.json()
  expect(others).toEqual({
    type: 'rich',
    version: '1.0',
    title: '$ASHAO treasury',
    provider_name: '$ASHAO economy',
    provider_url: `${HERE}/`,
    cache_age: 86_400,
    width: 480,
    height: 250,
  })
  expect(frameOf(html)).toEqual({
    src: `${HERE}/embed/treasury`,
    width: '480',
    height: '250',
    title: '$ASHAO treasury',
    sandbox: 'allow-scripts',
    loading: 'lazy',
    style: 'border:0;max-width:100%',
  })
})

test('has a validator', async () => {
  const url = `/oembed?url=${HERE}/embed/burn`
  const { headers } = await embed.app.inject({ url, headers: { host: HOST } })
  const known = { host: HOST, 'if-none-match': String(headers.etag) }
  expect((await embed.app.inject({ url, headers: known })).statusCode).toBe(304)
})

test.each([
  ['treasury', '$ASHAO treasury'],
  ['burn', '$ASHAO burned'],
  ['supply', '$ASHAO supply'],
])('knows the widget %s, with its parameters', async (name, title) => {
  const url = `${HERE}/embed/${name}?theme=dark&block=7`
  const reply = (await ask({ url, format: 'json', dnt: '1' })).json()
  expect(reply.title).toBe(title)
  expect(frameOf(reply.html).src).toBe(url.replace('&', '&#38;'))
})

test('the index page is framed as the treasury', async () => {
  expect(frameOf((await ask({ url: `${HERE}/` })).json().html).src).toBe(`${HERE}/embed/treasury`)
})

test.each([
  [{ maxwidth: '400' }, 400, 380],
  [{ maxwidth: '10000', maxheight: '10000' }, 640, 380],
  [{ maxheight: '120' }, 640, 120],
  // What is narrow is listed below each other, so it is higher, unless it must not be.
  [{ maxwidth: '200' }, 200, 400],
  [{ maxwidth: '200', maxheight: '150' }, 200, 150],
  [{ maxwidth: '1', maxheight: '1' }, 1, 1],
])('honours %j', async (most, width, height) => {
  const reply = (await ask({ url: `${HERE}/embed/supply`, ...most })).json()
  expect([reply.width, reply.height]).toEqual([width, height])
  expect(frameOf(reply.html)).toMatchObject({ width: String(width), height: String(height) })
})

test.each([
  'http://other.example/embed/treasury',
  'https://stats.example/embed/treasury',
  'http://stats.example:8080/embed/treasury',
  'http://stats.example.evil.example/embed/treasury',
  'http://someone@stats.example/embed/treasury',
  'http://stats.example/embed/nothing',
  'http://stats.example/embed/treasury/',
  'http://stats.example/embed/',
  'http://stats.example/api/treasury',
  'http://stats.example/?theme=dark',
  'http://stats.example/embed/treasury?theme=pink',
  'http://stats.example/embed/treasury?theme=dark&theme=light',
  'http://stats.example/embed/treasury?days=30',
  'http://stats.example/embed/treasury?x=%22%3E%3Cscript%3E',
  'http://stats.example/embed/constructor',
  'javascript:alert(1)',
  '/embed/treasury',
  'no address',
])('%s is unknown', async (url) => {
  const reply = await ask({ url })
  expect(reply.statusCode).toBe(404)
  expect(reply.json()).toMatchObject({ code: 'E5080', status: 404, facts: { url } })
})

test.each(['xml', 'JSON', ''])('the format "%s" is not served', async (format) => {
  const reply = await ask({ url: `${HERE}/embed/burn`, format })
  expect(reply.statusCode).toBe(501)
  expect(reply.headers['content-type']).toContain('application/problem+json')
  expect(reply.json()).toMatchObject({ code: 'E5081' })
})

test('refuses what is missing, misspelt or unknown', async () => {
  const problems = async (parameters: Record<string, string>) => {
    const reply = await ask(parameters)
    expect(reply.statusCode).toBe(400)
    return reply.json().facts.problems
  }
  const url = `${HERE}/embed/burn`
  expect(await problems({})).toEqual(['url is missing'])
  expect(await problems({ url, maxwith: '3', maxwidth: '0', maxheight: '1e3' })).toEqual([
    'maxwidth is not a whole number from 1 to 999999',
    'maxheight is not a whole number from 1 to 999999',
    'maxwith is unknown',
  ])
  const twice = await embed.app.inject({ url: `/oembed?url=${url}&url=${url}`, headers: { host: HOST } })
  expect(twice.json().facts.problems).toEqual(['url is given more than once'])
  const nameless = await embed.app.inject({ url: `/oembed?url=${url}`, headers: { host: 'a b' } })
  expect(nameless.json()).toMatchObject({ code: 'E5082' })
})

test('behind a proxy, addresses are those of the operator, also below a folder', async () => {
  const configured = createEmbedApp(tables.url, ECONOMY, 112, { publicUrl: 'https://example.org/ashao' })
  onTestFinished(configured.close)
  const inFolder = await ask({ url: 'https://EXAMPLE.org:443/ashao/embed/burn?theme=light#now' }, configured)
  expect(frameOf(inFolder.json().html).src).toBe('https://example.org/ashao/embed/burn?theme=light')
  expect((await ask({ url: 'https://example.org/ashao/' }, configured)).statusCode).toBe(200)
  for (const url of [
    'https://example.org/embed/burn',
    'https://example.org/ashaos/embed/burn',
    `${HERE}/embed/burn`,
  ]) {
    expect((await ask({ url }, configured)).statusCode).toBe(404)
  }
})
