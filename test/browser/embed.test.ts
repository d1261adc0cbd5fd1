import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { REFRESH_MS } from '../../src/rest/embed/widget-script'
import { launchChromium } from '../support/chromium'
import { createEmbedApp, type EmbedApp } from '../support/embed-app'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import { createLivedApi, GREW, HEAD, LIVED, usdc } from '../support/lived-economy'
import { ECONOMY, SMALL_HEAD, setHead, timeOf } from '../support/small-economy'

const WIDGETS = ['treasury', 'burn', 'supply'] as const

// Types of the browser are not those of Node.js, so what runs there is plain JavaScript.
const FIND_FLAWS = readFileSync(join(__dirname, 'find-flaws.js'), 'utf8')

let filled: FilledApi
let embed: EmbedApp
let small: FilledApi
let hugeEmbed: EmbedApp
let browser: Browser
/** Where the widgets come from. */
let ours = ''
/** Where widgets show what else there can be: up to 2^256 − 1 tokens, and figures that are unknown. */
let huge = ''
/** The whole API. */
let whole = ''
/** A site of somebody else's, and what its page is. */
let site: Server
let theirs = ''
let sitePage = ''

beforeAll(async () => {
  filled = await createLivedApi()
  embed = createEmbedApp(filled.tables.url, LIVED, HEAD)
  ours = await embed.app.listen({ host: '127.0.0.1', port: 0 })
  whole = await filled.api.app.listen({ host: '127.0.0.1', port: 0 })
  small = await createSmallApi()
  hugeEmbed = createEmbedApp(small.tables.url, ECONOMY, SMALL_HEAD)
  huge = await hugeEmbed.app.listen({ host: '127.0.0.1', port: 0 })
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>A blog</title><body>${sitePage}`)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  theirs = `http://localhost:${(site.address() as AddressInfo).port}`
  browser = await launchChromium()
})
afterEach(async () => {
  embed.now = timeOf(HEAD) + 3
  await filled.restore()
})
afterAll(async () => {
  await browser.close()
  site.closeAllConnections()
  await new Promise((resolve) => site.close(resolve))
  await Promise.all([embed.close(), hugeEmbed.close()])
  await Promise.all([filled.close(), small.close()])
})

/** A page that is closed after the test, and what went wrong in it and where it asked. */
async function openPage(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  const origins = new Set<string>()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  return { page, complaints, origins }
}

/** The frames that a page of the other site has. */
async function framed(page: Page, html: string): Promise<Frame[]> {
  sitePage = html
  await page.goto(theirs)
  return page.mainFrame().childFrames()
}

async function first(page: Page, html: string): Promise<Frame> {
  const [frame] = await framed(page, html)
  if (frame === undefined) throw new Error('there is no frame')
  return frame
}

async function json(path: string) {
  return (await embed.app.inject({ url: path, headers: { host: new URL(ours).host } })).json()
}

/** What oEmbed says is the frame of a widget. */
async function frameOf(path: string): Promise<string> {
  return (await json(`/oembed?url=${encodeURIComponent(ours + path)}`)).html
}

/** What Chromium shows instead of a page that may not be framed. */
const REFUSED = 'chrome-error://chromewebdata/'

/** That the browser says why it shows no frame. */
const refusal = (page: Page) =>
  page.waitForEvent(
    'console',
    (message) => /frame-ancestors|X-Frame-Options/i.test(message.text()) && message.type() === 'error',
  )

const exactAmounts = (frame: Frame | Page) =>
  frame.locator('data').evaluateAll((all) => all.map((each) => each.getAttribute('value')))

describe('a page of another origin', () => {
  test('frames every widget by oEmbed, and they show the figures of the API', async () => {
    const { page, complaints, origins } = await openPage({ viewport: { width: 900, height: 1200 } })
    const html = await Promise.all(WIDGETS.map((name) => frameOf(`/embed/${name}`)))
    const [treasury, burn, supply] = await framed(page, html.join('<hr>'))
    const [money, tokens] = [await json('/api/treasury'), await json('/api/supply')]
    expect(await exactAmounts(treasury as Frame)).toEqual([
      money.balanceDecimal,
      money.revenueDecimal,
      money.rewardsPaidDecimal,
      money.cumulativeBurnDecimal,
    ])
    expect(await (treasury as Frame).locator('.lead').innerText()).toBe('1000.00 USDC')
    expect((await exactAmounts(burn as Frame))[0]).toBe(tokens.cumulativeBurnDecimal)
    expect(await (burn as Frame).locator('footer').innerText()).toContain(`Block ${money.asOf.block}`)
    expect(await exactAmounts(supply as Frame)).toEqual([
      tokens.totalSupplyDecimal,
      tokens.circulatingSupplyDecimal,
      tokens.stakedDecimal,
      tokens.cumulativeBurnDecimal,
    ])
    const lines = (supply as Frame).locator('path.line')
    expect(await lines.count()).toBe(4)
    for (const line of await lines.all()) expect((await line.boundingBox())?.width).toBeGreaterThan(500)
    expect(complaints).toEqual([])
    expect([...origins].sort()).toEqual([ours, theirs].sort())
  })

  test.each(['/', '/graphql', '/api/docs', '/api/treasury', '/status', '/nowhere'])(
    'is refused to frame %s',
    async (path) => {
      const { page } = await openPage()
      const refused = refusal(page)
      const [widget, other] = await framed(
        page,
        `<iframe src="${ours}/embed/burn"></iframe><iframe src="${whole}${path}"></iframe>`,
      )
      await refused
      await other?.waitForURL(REFUSED, { waitUntil: 'commit' })
      expect(await widget?.locator('h1').innerText()).toBe('$ASHAO burned')
      // It is there for whoever opens it.
      const opened = await page.goto(`${whole}${path}`)
      expect(opened?.status()).toBe(path === '/nowhere' ? 404 : 200)
    },
  )

  test('is refused to frame a widget where the operator names others', async () => {
    const closed = createEmbedApp(filled.tables.url, LIVED, HEAD, { framedBy: 'https://example.com' })
    onTestFinished(closed.close)
    const place = await closed.app.listen({ host: '127.0.0.1', port: 0 })
    const { page } = await openPage()
    const refused = refusal(page)
    const frame = await first(page, `<iframe src="${place}/embed/burn"></iframe>`)
    await refused
    await frame.waitForURL(REFUSED, { waitUntil: 'commit' })
  })
})

describe('a framed widget', () => {
  test('keeps itself current, asks only for what is new, and says what is not current', async () => {
    const { page } = await openPage()
    await page.clock.install()
    const frame = await first(page, await frameOf('/embed/treasury'))
    const asked = () =>
      page.waitForResponse(
        (response) => response.url().endsWith('/embed/treasury') && response.request().method() === 'GET',
      )
    const tick = async () => {
      // An answer is kept for whoever asks within the same second.
      embed.now += 1
      const [response] = await Promise.all([asked(), page.clock.fastForward(REFRESH_MS)])
      return response.status()
    }
    const lead = frame.locator('.lead data')
    expect(await lead.getAttribute('value')).toBe('1000')

    await filled.change(
      `update snapshot set treasury_balance = ${usdc(1234567)} + 890000 where block_number = ${GREW}`,
      `update snapshot set treasury_balance = ${usdc(1000)} where block_number = ${GREW}`,
    )
    await setHead(filled.tables, HEAD + 1)
    expect(await tick()).toBe(200)
    await frame.locator('.lead data[value="1234567.89"]').waitFor()
    expect(await frame.locator('footer').innerText()).toContain(`Block ${HEAD + 1}`)
    expect(await tick()).toBe(304)
    expect(await lead.innerText()).toBe('1234567.89 USDC')

    // Too old to be served: the figures go, and the reason comes.
    embed.now += 3600
    expect(await tick()).toBe(503)
    await frame.getByText('Not available now').waitFor()
    expect(await frame.locator('data').count()).toBe(0)
    embed.now -= 3600
    expect(await tick()).toBe(200)
    await lead.waitFor()

    // No answer at all: the figures stay, but not as if they were current.
    await page.route('**/embed/treasury', (route) => route.abort())
    await page.clock.fastForward(REFRESH_MS)
    await frame.getByRole('status').filter({ hasText: 'Not current' }).waitFor()
    expect(await frame.locator('main.old .lead').count()).toBe(1)
    await page.unroute('**/embed/treasury')
    await tick()
    await frame.locator('main:not(.old)').waitFor()
    expect(await frame.getByRole('status').innerText()).toBe('')
  })

  test('that is final asks for nothing more', async () => {
    const { page } = await openPage()
    await page.clock.install()
    const frame = await first(page, await frameOf(`/embed/burn?block=${GREW}`))
    await frame.locator('.lead').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.clock.fastForward(10 * REFRESH_MS)
    // A request of its own would have come before that of the page.
    await page.evaluate(`fetch('${ours}/health')`)
    expect(asked).toEqual([`${ours}/health`])
  })

  test('works without scripts', async () => {
    const { page } = await openPage({ javaScriptEnabled: false })
    const frame = await first(page, await frameOf('/embed/burn'))
    expect(await frame.locator('.lead').innerText()).toBe('50.00 ASHAO')
  })
})

/** What of a page has too little contrast, no name, or no room. */
const flaws = (page: Page) => page.evaluate<string[]>(FIND_FLAWS)

describe.each(WIDGETS)('/embed/%s', (name) => {
  test.each(['light', 'dark'] as const)('is readable in %s, from 200 pixels on', async (theme) => {
    const { page, complaints } = await openPage()
    for (const width of [200, 320, 480, 800]) {
      const address = `${ours}/embed/${name}?theme=${theme}`
      const { height } = await json(`/oembed?url=${encodeURIComponent(address)}&maxwidth=${width}`)
      await page.setViewportSize({ width, height })
      for (const place of [ours, huge]) {
        await page.goto(`${place}/embed/${name}?theme=${theme}`)
        expect({ width, place, flaws: await flaws(page) }).toEqual({ width, place, flaws: [] })
      }
    }
    expect(complaints).toEqual([])
  })

  test('takes the colours that the reader prefers, unless it is told which', async () => {
    const ground = (page: Page) =>
      page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
    const [light, dark] = ['rgb(255, 255, 255)', 'rgb(18, 21, 26)']
    for (const [prefers, theme, wanted] of [
      ['light', 'auto', light],
      ['dark', 'auto', dark],
      ['dark', 'light', light],
      ['light', 'dark', dark],
    ] as const) {
      const { page } = await openPage({ colorScheme: prefers })
      await page.goto(`${ours}/embed/${name}?theme=${theme}`)
      expect([prefers, theme, await ground(page)]).toEqual([prefers, theme, wanted])
    }
  })
})

test('amounts are read out in one piece, and the chart is told in words', async () => {
  const { page } = await openPage()
  await page.goto(`${ours}/embed/treasury`)
  expect(await page.locator('body').ariaSnapshot()).toContain('img "1000.00 USDC"')
  await page.goto(`${ours}/embed/supply`)
  expect(await page.locator('body').ariaSnapshot()).toContain('Burned: from 0 to 50 ASHAO.')
})

test('nothing moves for who prefers that', async () => {
  const animation = async (reducedMotion: 'reduce' | 'no-preference') => {
    const { page } = await openPage({ reducedMotion })
    await page.goto(`${ours}/embed/burn`)
    await page.evaluate("document.querySelector('main').classList.add('changed')")
    return page.evaluate<string>("getComputedStyle(document.querySelector('.lead')).animationName")
  }
  expect([await animation('no-preference'), await animation('reduce')]).toEqual(['changed', 'none'])
})
