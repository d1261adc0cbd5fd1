import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { liveRoutes } from '../../src/graphql/live-routes'
import type { Commits } from '../../src/read/commits'
import { launchChromium } from '../support/chromium'
import { type ServedGraphql, serveGraphql } from './served-graphql'

let served: ServedGraphql
let browser: Browser

beforeAll(async () => {
  ;[served, browser] = await Promise.all([
    serveGraphql((app, services) =>
      liveRoutes(app, { ...services, schema: createApiSchema(), commits: SILENT }),
    ),
    launchChromium(),
  ])
})
afterAll(async () => {
  await browser.close()
  await served.close()
})

/** Nothing is committed: a subscriber gets what there is. */
const SILENT: Commits = { version: () => 1, watch: () => () => undefined, close: async () => undefined }

const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** A page whose every request, error and complaint is written down. */
async function open(search: string) {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const requested: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${served.url}${search}`)
  return { page, requested, complaints }
}

test('GraphiQL runs a query, and asks nobody but this server', async () => {
  const { page, requested, complaints } = await open('')
  await page.waitForSelector('.graphiql-query-editor .CodeMirror')
  await page.click('button.graphiql-execute-button')
  const result = page.locator('.result-window .CodeMirror-code')
  await result.getByText('"treasury"').waitFor()
  await result.getByText('"symbol"').waitFor()
  expect(await result.innerText()).toContain('"block": 112')
  const elsewhere = requested.filter(
    (url) => !url.startsWith('data:') && !url.startsWith(new URL('/', served.url).href),
  )
  expect(elsewhere).toEqual([])
  expect(requested.length).toBeGreaterThan(6)
  expect(complaints).toEqual([])
})

test('the schema is explained, and a query of the address is there to run', async () => {
  const search = new URLSearchParams({
    query: 'query At($n: Int) { asOf(block: { number: $n }) { block } }',
    variables: '{"n": 105}',
  })
  const { page, complaints } = await open(`?${search}`)
  await page.click('button[aria-label="Show Documentation Explorer"]')
  await page.getByText('Root Types').waitFor()
  await page.click('button.graphiql-execute-button')
  await page.locator('.result-window .CodeMirror-code').getByText('105').first().waitFor()
  await page.click('button[aria-label="Open settings dialog"]')
  await page.getByText('Settings').waitFor()
  expect(complaints).toEqual([])
})

test('a subscription is followed over a socket of this server', async () => {
  const search = new URLSearchParams({ query: 'subscription { treasury { asOf { block finalized } } }' })
  const { page, complaints } = await open(`?${search}`)
  const socket = page.waitForEvent('websocket')
  await page.click('button.graphiql-execute-button')
  expect((await socket).url()).toBe(served.url.replace('http:', 'ws:'))
  await page.locator('.result-window .CodeMirror-code').getByText('112').first().waitFor()
  expect(complaints).toEqual([])
})

test('the page is for browsers alone, may run no script but its own, and cannot be framed', async () => {
  const page = await fetch(served.url, { headers: { accept: HTML } })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'; script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/https?:|\*/)
  const html = await page.text()
  expect(html).not.toMatch(/https?:\/\/|<script>|\son\w+=/)
  const other = await fetch(served.url, { method: 'POST', headers: { accept: HTML } })
  expect(other.headers.get('content-type')).toContain('json')
})

test('its files never change under their names, and are the only ones', async () => {
  const html = await (await fetch(served.url, { headers: { accept: HTML } })).text()
  const paths = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(paths).toHaveLength(6)
  for (const path of paths) {
    const file = await fetch(new URL(path, served.url))
    expect(file.status).toBe(200)
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(file.headers.get('content-type')).toBe(
      path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    )
    expect((await file.text()).length).toBeGreaterThan(50)
  }
  for (const path of ['package.json', '../package.json', '..%2fpackage.json', 'graphiql.js', '']) {
    expect((await fetch(new URL(`/graphql/assets/${path}`, served.url))).status).toBe(404)
  }
})
