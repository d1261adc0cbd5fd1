import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium'
import {
  overflowOf,
  startVisits,
  untilCharts,
  untilFigures,
  type Visit,
  type Visits,
} from '../support/dashboard-page'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import { createLivedApi, fillReconciliations, GREW, STAKER, tokens, usdc } from '../support/lived-economy'
import { ALICE, BOB, entryRow, TREASURY } from '../support/small-economy'

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const AUDIT = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ target }) => target.join(' ')) })))`

interface Violation {
  readonly id: string
  readonly impact: string
  readonly where: readonly string[]
}

/** What has the focus, and how somebody who cannot use a pointer knows. */
const FOCUSED = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body) return null
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const { top, bottom, left, right } = element.getBoundingClientRect()
  return {
    what: (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).trim().slice(0, 40),
    kind: element.role ?? element.localName,
    place: element.closest('section[aria-labelledby], header, main')?.getAttribute('aria-labelledby') ?? '',
    isMarked: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    isSeen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  }
})()`

interface Focused {
  readonly what: string
  readonly kind: string
  readonly place: string
  readonly isMarked: boolean
  readonly isSeen: boolean
}

/** More than there is to tab to. */
const MANY = 400

let lived: FilledApi
let huge: FilledApi
let origin = ''
let hugeOrigin = ''
let browser: Browser
let visits: Visits

beforeAll(async () => {
  ;[lived, huge, browser] = await Promise.all([createLivedApi(), createSmallApi(), launchChromium()])
  await fillReconciliations(lived.tables)
  await lived.tables.insert('burn', {
    ...entryRow(GREW, 0),
    burner: STAKER,
    value: tokens(10),
    purpose: 'OTHER',
    evidence: 'TRANSFER',
    burner_balance: tokens(800),
    cumulative_burn: tokens(50),
  })
  await lived.tables.insert('treasury_flow', {
    ...entryRow(GREW, 7),
    direction: 'IN',
    purpose: 'REVENUE',
    from: BOB,
    to: TREASURY,
    value: usdc(500),
    treasury_balance: usdc(1000),
  })
  origin = await lived.api.app.listen({ host: '127.0.0.1', port: 0 })
  hugeOrigin = await huge.api.app.listen({ host: '127.0.0.1', port: 0 })
  visits = startVisits(browser)
})
afterEach(() => visits.end())
afterAll(async () => {
  await browser?.close()
  await Promise.all([lived?.close(), huge?.close()])
})

/** Opens a page with all that is in it, as of the time of its history. */
async function open(address: string, options = {}): Promise<Visit> {
  const now = address.startsWith(hugeOrigin) ? huge.api.now : lived.api.now
  const visit = await visits.open(address, options, (page) => page.clock.install({ time: now * 1_000 }))
  await visit.page.locator('[data-figure] .value').nth(2).waitFor()
  await visit.page.locator('table.rows tbody tr').first().waitFor()
  if (address.includes('/account/')) return visit
  await untilFigures(visit)
  // Of the small history, nothing is counted by the day.
  if (!address.startsWith(hugeOrigin)) await untilCharts(visit)
  return visit
}

describe('axe finds nothing', () => {
  test.each([
    ['the overview', '/'],
    ['an account', `/account/${STAKER}`],
  ])('on %s, in light and dark, on desktop and phone', async (_, path) => {
    const visit = await open(origin + path)
    const { page } = visit
    await page.evaluate(AXE)
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const violations = await page.evaluate<Violation[]>(AUDIT)
        expect({ ...viewport, colorScheme, violations }).toEqual({ ...viewport, colorScheme, violations: [] })
      }
    }
  })
})

describe('with the keys alone', () => {
  test('everything is reached in the order of the page, and is seen to have the focus', async () => {
    const { page } = await open(`${origin}/`)
    const walk: Focused[] = []
    for (let count = 0; count < MANY; count += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate<Focused | null>(FOCUSED)
      if (focused === null) break
      walk.push(focused)
    }
    expect(walk.length).toBeLessThan(MANY)
    expect(walk[0]).toMatchObject({ what: 'Skip to the figures', isSeen: true })
    expect(walk.filter(({ isMarked, isSeen, what }) => !isMarked || !isSeen || what === '')).toEqual([])
    const names = walk.map(({ what }) => what)
    const inOrder = [
      'Skip to the figures',
      '24 h',
      'All',
      'Circulating supply',
      'Rewards paid',
      /^Table of/,
      /^Download CSV/,
      /^Copy query/,
      'Address of an account',
      'Latest burns',
    ]
    const places = inOrder.map((name) =>
      names.findIndex((found) => (typeof name === 'string' ? found.startsWith(name) : name.test(found))),
    )
    expect(
      places.every((place) => place >= 0),
      `${places} in ${names}`,
    ).toBe(true)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    // Tabs are one stop; so is each chart.
    expect(walk.filter(({ kind }) => kind === 'tab')).toHaveLength(1)
    expect(walk.filter(({ kind }) => kind === 'slider')).toHaveLength(
      await page.locator('[data-chart]').count(),
    )
  })

  test('the first stop leads past the masthead', async () => {
    const { page } = await open(`${origin}/`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate("document.querySelector('main').contains(document.activeElement)")).toBe(true)
  })

  test('a definition comes with the focus, and goes with Escape', async () => {
    const { page } = await open(`${origin}/`)
    const term = page.locator('[data-figure="supply.cumulativeBurn"] h2 button')
    const definition = page.locator('[data-figure="supply.cumulativeBurn"] h2 [role=tooltip]')
    await page.getByRole('button', { name: 'All', exact: true }).focus()
    for (let stops = 0; stops < MANY && !(await isFocused(term)); stops += 1) await page.keyboard.press('Tab')
    await definition.waitFor({ state: 'visible' })
    expect(await definition.innerText()).toContain('supply.cumulativeBurn')
    await page.keyboard.press('Escape')
    await definition.waitFor({ state: 'hidden' })
    expect(await isFocused(term)).toBe(true)
  })

  test('a definition that a pointer opened can be pointed at, too', async () => {
    const { page } = await open(`${origin}/`)
    const definition = page.locator('[data-figure="treasury.balance"] h2 [role=tooltip]')
    await page.locator('[data-figure="treasury.balance"] h2 button').hover()
    await definition.waitFor({ state: 'visible' })
    await definition.hover()
    await page.clock.runFor(2_000)
    expect(await definition.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await definition.waitFor({ state: 'hidden' })
  })

  test('a window is chosen, a chart is read, and its table opened', async () => {
    const { page } = await open(`${origin}/?window=all`)
    const chart = page.locator('[data-chart="supply"]')
    const plot = chart.getByRole('slider')
    await plot.focus()
    const said = () => plot.getAttribute('aria-valuetext')
    await page.keyboard.press('Home')
    const first = await said()
    await page.keyboard.press('ArrowRight')
    expect(await said()).not.toBe(first)
    const tooltip = chart.locator('.chart-tooltip')
    await tooltip.waitFor()
    await page.keyboard.press('Escape')
    await tooltip.waitFor({ state: 'detached' })
    await chart.getByRole('button', { name: /^Table/ }).focus()
    await page.keyboard.press('Enter')
    await chart.locator('table').waitFor()
    await page.getByRole('button', { name: '24 h', exact: true }).focus()
    await page.keyboard.press('Space')
    await page.waitForURL(/window=d1$/)
  })

  test('lists are chosen with the arrows', async () => {
    const { page } = await open(`${origin}/`)
    const tab = (name: string) => page.getByRole('tab', { name })
    await tab('Latest burns').focus()
    for (const [key, name, list] of [
      ['ArrowRight', 'Biggest burns', 'biggest'],
      ['End', 'Top stakers', 'stakers'],
      ['ArrowRight', 'Latest burns', null],
      ['ArrowLeft', 'Top stakers', 'stakers'],
      ['ArrowLeft', 'Treasury flows', 'flows'],
      ['Home', 'Latest burns', null],
    ] as const) {
      await page.keyboard.press(key)
      await page.locator('[role=tab][aria-selected=true]').getByText(name).waitFor()
      expect(await isFocused(tab(name))).toBe(true)
      expect(new URL(page.url()).searchParams.get('list')).toBe(list)
    }
  })
})

const isFocused = (locator: ReturnType<Visit['page']['locator']>) =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement)

test('the largest amounts there can be make nothing wider than the page', async () => {
  const found: number[] = []
  for (const width of [360, 768, 1280, 2560, 3840]) {
    for (const path of ['/', `/account/${ALICE}`]) {
      const visit = await open(hugeOrigin + path, { viewport: { width, height: 900 } })
      found.push(await overflowOf(visit))
    }
  }
  expect(found).toEqual(new Array(10).fill(0))
})

test('nothing moves for who prefers that', async () => {
  const running = async (reducedMotion: 'reduce' | 'no-preference') => {
    const { page } = await open(`${origin}/`, { reducedMotion })
    return page.evaluate<string[]>(
      `[...document.querySelectorAll('*')].map((element) => getComputedStyle(element))
         .filter(({ animationName, animationDuration, animationIterationCount }) => animationName !== 'none' &&
           Number.parseFloat(animationDuration) > 0.01)
         .map(({ animationName }) => animationName)`,
    )
  }
  expect(await running('reduce')).toEqual([])
})
