import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import type { OpenApi } from './documented'

let filled: FilledApi
let browser: Browser
let url: string

beforeAll(async () => {
  filled = await createSmallApi()
  url = await filled.api.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await filled.close()
})

test('the page shows every path, asks nobody else, and breaks none of its own rules', async () => {
  const page = await browser.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(new URL('/api/docs', url).href)
  await page.waitForSelector('#operations-service-getDocsFile')
  const document = (await (await fetch(new URL('/api/openapi.json', url))).json()) as OpenApi
  expect(await page.locator('.opblock').count()).toBe(Object.keys(document.paths).length)
  expect(await page.locator('.errors-wrapper').count()).toBe(0)

  await page.click('#operations-supply-getSupplyMax .opblock-summary-control')
  await page.click('#operations-supply-getSupplyMax .execute')
  const answer = page.locator('#operations-supply-getSupplyMax .live-responses-table .microlight').first()
  await answer.waitFor()
  expect(await answer.textContent()).toContain('1000000000')

  const elsewhere = asked.filter((each) => !each.startsWith(url) && !each.startsWith('data:'))
  expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
})

test('the page may run what this server sends, and nothing else', async () => {
  const { headers } = await filled.api.app.inject('/api/docs')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test('no other file of the package is served', async () => {
  for (const file of ['package.json', 'swagger-ui.js', '..%2f..%2fpackage.json', 'index.html']) {
    const reply = await filled.api.app.inject(`/api/docs/${file}`)
    expect([file, reply.statusCode]).toEqual([file, 404])
  }
})
