import type { Browser, BrowserContextOptions } from 'playwright-core'
import { parseUnits } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../support/api-figures'
import { launchChromium } from '../support/chromium'
import { asTokens, type DashboardChain, dashboardChain } from '../support/dashboard-chain'
import {
  overflowOf,
  startVisits,
  untilCharts,
  untilFigures,
  type Visit,
  type Visits,
} from '../support/dashboard-page'

/** Milliseconds from a mined block to what the page shows of it. */
const LIMIT = 3_000

const WRONG_CHECKSUM = `0x${'Ab'.repeat(20)}`

let chain: DashboardChain
let browser: Browser
let visits: Visits

beforeAll(async () => {
  ;[chain, browser] = await Promise.all([dashboardChain(), launchChromium()])
  visits = startVisits(browser)
})
afterEach(() => visits.end())
afterAll(async () => {
  await browser?.close()
  await chain?.close()
})

const open = async (path = '/', options: BrowserContextOptions = {}): Promise<Visit> => {
  const visit = await visits.open(chain.apiUrl + path, options)
  await untilFigures(visit)
  return visit
}

const shows = ({ page }: Visit, figure: string, value: string) =>
  page.locator(`[data-figure="${figure}"] .value data[value="${value}"]`).waitFor({ timeout: LIMIT })

describe('what the page shows', () => {
  test('are the figures of the API and of the chain, at the block that it names', async () => {
    const visit = await open()
    expect(await chain.equalsChain(visit)).toBe(await chain.head())
  })

  test('changes with the window, and its address too; the way back leads back', async () => {
    const visit = await open()
    const { page } = visit
    const at = (await visit.figures())['treasury.balance']?.block
    const expected = async (name: string) => {
      const answer = await ask<{ windows: Record<'burned' | 'rewardsPaid', { decimal: string } | null>[] }>(
        chain.apiUrl,
        `{ windows(block: { number: ${at} }, names: [${name}]) { burned { decimal } rewardsPaid { decimal } } }`,
      )
      const [window] = answer.windows
      return { burned: window?.burned?.decimal ?? null, rewardsPaid: window?.rewardsPaid?.decimal ?? null }
    }
    const changes = async () => {
      const figures = await visit.figures()
      const { change: burned } = figures['supply.cumulativeBurn'] ?? {}
      const { change: rewardsPaid } = figures['staking.rewardsPaid'] ?? {}
      return { burned, rewardsPaid }
    }
    const within = (long: string) => page.locator('.within').filter({ hasText: long }).nth(3).waitFor()
    expect(await changes()).toEqual(await expected('d30'))
    const seen = new Set([JSON.stringify(await changes())])
    for (const [name, short, long] of [
      ['d7', '7 d', 'last 7 days'],
      ['d1', '24 h', 'last 24 hours'],
      ['d365', '1 y', 'last year'],
    ] as const) {
      const button = page.getByRole('button', { name: short, exact: true })
      await button.click()
      await within(long)
      expect(new URL(page.url()).search).toBe(`?window=${name}`)
      expect(await changes()).toEqual(await expected(name))
      expect(await button.getAttribute('aria-pressed')).toBe('true')
      seen.add(JSON.stringify(await changes()))
    }
    expect(seen.size).toBe(4)
    await page.goBack()
    await within('last 24 hours')
    expect(await changes()).toEqual(await expected('d1'))
    const linked = await open('/?window=d7')
    await linked.page.getByRole('button', { name: '7 d', exact: true, pressed: true }).waitFor()
  })

  test('is a table of exact values where charts are, and a file of the same', async () => {
    const visit = await open()
    const { page } = visit
    await untilCharts(visit)
    const chart = page.locator('[data-chart="supply"]')
    await chart.getByRole('button', { name: /^Table/ }).click()
    const { series } = await ask<{ series: { closing: { supply: { totalSupply: { decimal: string } } } }[] }>(
      chain.apiUrl,
      '{ series(interval: day) { closing { supply { totalSupply { decimal } } } } }',
    )
    const newest = series.at(-1)?.closing.supply.totalSupply.decimal ?? ''
    expect(newest).toMatch(/\.\d{6}/)
    await chart.locator('table').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: /^Download CSV/ }).click(),
    ])
    const csv = await text(await saved.createReadStream())
    expect(csv.split('\n').some((line) => line.includes(newest))).toBe(true)
  })
})

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

const burnedOf = async (visit: Visit): Promise<bigint> =>
  parseUnits((await visit.figures())['supply.cumulativeBurn']?.value ?? '', 18)

test(`burns are counted and listed within ${LIMIT} ms of their block, without reload`, async () => {
  const visit = await open()
  const { page } = visit
  const row = (value: string) => page.locator(`table.burns tbody tr:first-child data[value="${value}"]`)
  await page.locator('table.burns tbody tr').first().waitFor()
  await page.locator('.liveness.live').waitFor()
  await page.evaluate('window.isTheSame = true')
  let burned = await burnedOf(visit)
  for (const [turn, value] of [1_000_000_000_000_000_123n, 7n, 20_000_000_000_000_000_000n].entries()) {
    burned += value
    const minedAt = await chain.burn(turn, value)
    await Promise.all([
      shows(visit, 'supply.cumulativeBurn', asTokens(burned)),
      row(asTokens(value)).waitFor({ timeout: LIMIT }),
    ])
    expect(performance.now() - minedAt).toBeLessThan(LIMIT)
    await chain.equalsChain(visit)
  }
  expect(await page.evaluate('window.isTheSame')).toBe(true)
})

describe('the page of an account', () => {
  test('is reached by a link of a list, has the chain’s figures, and the way back leads back', async () => {
    const visit = await open()
    const { page } = visit
    await page.locator('table.burns tbody a[href^="/account/"]').first().click()
    await page.waitForURL(/\/account\/0x/)
    await chain.accountEqualsChain(visit)
    await page.goBack()
    await untilFigures(visit)
    expect(new URL(page.url()).pathname).toBe('/')
  })

  test('is reached by its address and by the search', async () => {
    const [first = '', second = ''] = chain.holders
    const visit = await visits.open(`${chain.apiUrl}/account/${first}`)
    await chain.accountEqualsChain(visit)
    await visit.page.getByRole('textbox', { name: 'Address of an account' }).fill(second)
    await visit.page.keyboard.press('Enter')
    await visit.page.waitForURL(new RegExp(second, 'i'))
    await chain.accountEqualsChain(visit)
  })

  test('says of an account that was never named what is known, and of what is no address that it is none', async () => {
    const visit = await visits.open(`${chain.apiUrl}/account/0x${'1234567890'.repeat(4)}`)
    await visit.page.getByText('This account has never held tokens').waitFor()
    expect((await visit.figures())['account.balance']?.value).toBe('0')
    for (const wrong of ['0x1234', 'nobody', WRONG_CHECKSUM]) {
      const other = await visits.open(`${chain.apiUrl}/account/${wrong}`)
      // Whether a checksum is right is known to the API alone.
      if (wrong === WRONG_CHECKSUM) other.expectComplaints(/status of 400/)
      const { page } = other
      await page.getByRole('heading', { name: 'No such account' }).waitFor()
      expect(await page.locator('[data-figure]').count()).toBe(0)
    }
  })
})

test('nothing is wider than the page', async () => {
  const found: Record<string, number> = {}
  for (const width of [360, 768, 1280, 2560, 3840]) {
    for (const path of ['/', `/account/${chain.holders[0]}`]) {
      const visit = await visits.open(chain.apiUrl + path, { viewport: { width, height: 900 } })
      await visit.page.locator('[data-figure] .value').nth(2).waitFor()
      if (path === '/') await untilCharts(visit)
      await visit.page.locator('table.rows tbody tr').first().waitFor()
      found[`${path} ${width}`] = await overflowOf(visit)
    }
  }
  expect(Object.values(found), JSON.stringify(found)).toEqual(new Array(10).fill(0))
})

describe('when things go wrong', () => {
  const notice = ({ page }: Visit, title: string) => page.locator('.notice').filter({ hasText: title })

  test('a reorganisation is told, and the figures are those of the chain that won', async () => {
    const visit = await open()
    const isAt = (block: number) =>
      visit.page
        .locator('[data-figure] .as-of')
        .getByText(`block ${block.toLocaleString('en-US')}`)
        .nth(3)
        .waitFor()
    await isAt(await chain.goesOn(5))
    await isAt(await chain.reorganises(5))
    const told = notice(visit, 'The chain was reorganised.')
    await told.filter({ hasText: /taken back .* ago: \d+ rows?\./ }).waitFor()
    await chain.equalsChain(visit)
  })

  test('an API that is gone is told, the last figures are marked as old, and it goes on when it is back', {
    timeout: 120_000,
  }, async () => {
    const visit = await open()
    const before = await visit.figures()
    visit.expectComplaints(
      /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|status of 503|WebSocket/,
    )
    await visit.page.evaluate('window.isTheSame = true')
    await chain.stopApi()
    await notice(visit, 'The API cannot be reached.').waitFor()
    expect(await notice(visit, 'The API cannot be reached.').innerText()).toMatch(/is old/)
    await visit.page.locator('.liveness').getByText('Not connected').waitFor()
    await visit.page.locator('.stale, .old').first().waitFor()
    expect(await visit.figures()).toEqual(before)
    await chain.startApi()
    await notice(visit, 'The API cannot be reached.').waitFor({ state: 'detached', timeout: 60_000 })
    await visit.page.locator('.liveness.live').waitFor({ timeout: 60_000 })
    const value = 5_000_000_000_000_000_001n
    const burned = (await burnedOf(visit)) + value
    await chain.burn(5, value)
    await shows(visit, 'supply.cumulativeBurn', asTokens(burned))
    expect(await visit.page.locator('.stale, .old').count()).toBe(0)
    expect(await visit.page.evaluate('window.isTheSame')).toBe(true)
  })
})
