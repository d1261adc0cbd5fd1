import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Types of the browser are not those of Node.js, so what runs there is plain JavaScript. */
const READ_FIGURES = `Object.fromEntries([...document.querySelectorAll('[data-figure]')].map((card) => [
  card.dataset.figure,
  {
    value: card.querySelector('.value data')?.getAttribute('value') ?? null,
    change: card.querySelector('.change data')?.getAttribute('value') ?? null,
    unknown: [...card.querySelectorAll('.unknown')].map((unknown) => unknown.title),
    block: Number(card.querySelector('.as-of')?.firstChild.textContent.replace(/block |,/g, '') ?? -1),
    hash: card.querySelector('.as-of [title^="0x"]')?.title ?? null,
  },
]))`

/** What a card says of its figure: exact amounts, and the block that they are true at. */
export interface ShownFigure {
  /** Null where no amount is shown. */
  readonly value: string | null
  readonly change: string | null
  /** Reasons of what the card calls unknown. */
  readonly unknown: readonly string[]
  readonly block: number
  readonly hash: string | null
}

/** The dashboard in a tab of its own, and all that went wrong in it. */
export interface Visit {
  readonly page: Page
  /** All cards, read in one go: between two reads a new block may come. */
  figures(): Promise<Readonly<Record<string, ShownFigure>>>
  /** Complaints of the browser that belong to what a test does to the API. */
  expectComplaints(pattern: RegExp): void
}

/** Visits of one test. */
export interface Visits {
  open(
    address: string,
    options?: BrowserContextOptions,
    before?: (page: Page) => Promise<void>,
  ): Promise<Visit>
  /** Ends all visits. @throws where a page complained, or asked anybody but its own origin */
  end(): Promise<void>
}

interface Noted {
  readonly visit: Visit
  readonly complaints: string[]
  readonly expected: RegExp[]
  readonly origins: Set<string>
  readonly own: string
}

/** Opens tabs that nothing escapes: what the console says, what fails, and whom the page asks. */
export function startVisits(browser: Browser): Visits {
  const noted: Noted[] = []
  return {
    async open(address, options = {}, before = async () => undefined) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      const expected: RegExp[] = []
      const origins = new Set<string>()
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
      page.on('request', (request) => origins.add(new URL(request.url()).host))
      page.on('websocket', (socket) => origins.add(new URL(socket.url()).host))
      const visit: Visit = {
        page,
        figures: () => page.evaluate<Record<string, ShownFigure>>(READ_FIGURES),
        expectComplaints: (pattern) => void expected.push(pattern),
      }
      noted.push({ visit, complaints, expected, origins, own: new URL(address).host })
      await before(page)
      await page.goto(address)
      return visit
    },
    async end() {
      const all = noted.splice(0)
      for (const { visit } of all) await visit.page.context().close()
      for (const { complaints, expected, origins, own } of all) {
        const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)))
        expect(unexpected, 'complaints of the browser').toEqual([])
        expect([...origins], 'who is asked').toEqual([own])
      }
    },
  }
}

/** Waits until the four figures of the first screen are there. */
export async function untilFigures({ page }: Visit): Promise<void> {
  await page.locator('[data-figure] .value').nth(3).waitFor()
}

/** Waits until every chart is drawn. */
export async function untilCharts({ page }: Visit): Promise<void> {
  await page.locator('[data-chart]').first().waitFor()
  for (const chart of await page.locator('[data-chart]').all()) await chart.locator('canvas').waitFor()
}

/** How far a page reaches beyond its right edge, in pixels. */
export const overflowOf = ({ page }: Visit): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
