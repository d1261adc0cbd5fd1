import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { launchChromium } from '../support/chromium'
import { startVisits, untilFigures, type Visit, type Visits } from '../support/dashboard-page'
import { createFilledApi, type FilledApi } from '../support/filled-api'
import { createLivedApi, fillLivedEconomy, fillReconciliations, HEAD, LIVED } from '../support/lived-economy'
import { setDeployment, setHead } from '../support/small-economy'
import type { TestTables } from '../support/tables'

/** What Chromium says of an answer that is no success, as that of a stale index is. */
const REFUSED = /status of 503/
/** Milliseconds after which the page asks without having been told of a commit. */
const SILENCE = 16_000
/** Milliseconds within which it asks again whatever was refused. */
const PATIENCE = 31_000

let filled: FilledApi
let origin = ''
let browser: Browser
let visits: Visits

const listen = ({ api }: FilledApi) => api.app.listen({ host: '127.0.0.1', port: 0 })

beforeAll(async () => {
  filled = await createLivedApi()
  origin = await listen(filled)
  browser = await launchChromium()
  visits = startVisits(browser)
})
afterEach(async () => {
  await visits.end()
  await filled.restore()
})
afterAll(async () => {
  await browser.close()
  await filled.close()
})

/** Opens the page at the time of the history: its last block was three seconds ago. */
const open = (address = `${origin}/`, now = filled.api.now) =>
  visits.open(address, {}, (page) => page.clock.install({ time: now * 1_000 }))

const notice = ({ page }: Visit, title: string) => page.locator('.notice').filter({ hasText: title })

const OLD = 'These figures are old.'

const withoutHashes = (figures: Awaited<ReturnType<Visit['figures']>>) =>
  Object.entries(figures).map(([name, { hash, ...figure }]) => [name, figure])

describe('a stale index', () => {
  test('is told at the top, in front of the figures of the last block, and no longer once it goes on', async () => {
    const visit = await open()
    await untilFigures(visit)
    const fresh = await visit.figures()
    expect(await notice(visit, OLD).count()).toBe(0)

    visit.expectComplaints(REFUSED)
    filled.api.now += 3_600
    await visit.page.clock.fastForward(3_600_000)
    await notice(visit, OLD).waitFor()
    expect(await notice(visit, OLD).innerText()).toMatch(/18,280.*1 h ago/s)
    // Asked for by its number, a block without events has no hash: none is kept.
    expect(withoutHashes(await visit.figures())).toEqual(withoutHashes(fresh))
    await visit.page.locator('.old').first().waitFor()

    await setHead(filled.tables, HEAD + 360)
    await visit.page.clock.fastForward(SILENCE)
    await notice(visit, OLD).waitFor({ state: 'detached' })
    await visit.page.getByText('block 18,640').first().waitFor()
  })

  test('is told to who comes then, and to who comes to an account', async () => {
    filled.api.now += 3_600
    for (const path of ['/', `/account/0x${'b'.repeat(40)}`]) {
      const visit = await open(origin + path)
      visit.expectComplaints(REFUSED)
      await notice(visit, OLD).waitFor()
      await visit.page.locator('[data-figure] .value data').first().waitFor()
      await visit.page.locator('.stale, .old').first().waitFor()
      const [figure] = Object.values(await visit.figures())
      expect(figure?.block).toBe(HEAD)
    }
  })
})

test('what must hold and does not is told at the top, with its claim and since when', async () => {
  const visit = await open()
  const broken = notice(visit, 'What must hold does not hold.')
  await broken.waitFor()
  expect(await broken.innerText()).toMatch(/No contract was upgraded.*Broken since block 17,920/s)
  const top = async (selector: string) => (await visit.page.locator(selector).first().boundingBox())?.y ?? 0
  expect(await top('.notice')).toBeLessThan(await top('[data-figure]'))
  const alert = visit.page.getByRole('alert').filter({ hasText: 'What must hold' })
  expect(await alert.count()).toBe(1)
})

test('a difference from the contracts is told at the top, exactly', async () => {
  await fillReconciliations(filled.tables)
  onTestFinished(() => filled.tables.run('delete from reconciliation'))
  const visit = await open()
  const different = notice(visit, 'A contract says something else.')
  await different.waitFor()
  expect(
    await different.locator('data').evaluateAll((all) => all.map((each) => each.getAttribute('value'))),
  ).toEqual(expect.arrayContaining(['1000', '1000.000001']))
})

test('what is not known is said to be so, with the reason, and never as 0', async () => {
  const visit = await open(`${origin}/?window=d365`)
  await untilFigures(visit)
  const figures = await visit.figures()
  for (const figure of ['supply.circulatingSupply', 'treasury.balance']) {
    expect(figures[figure]).toMatchObject({ change: null })
    expect(figures[figure]?.unknown[0]).toMatch(/begins before the history/)
  }
  expect(await visit.page.locator('.unknown').first().innerText()).toBe('unknown')
  for (const title of await visit.page
    .locator('.unknown')
    .evaluateAll((all) => all.map((each) => each.getAttribute('title')))) {
    expect(title).toMatch(/\w{3}/)
  }
})

describe('an index that', () => {
  test.each([
    ['has not begun', async () => undefined],
    ['has no block with events', (tables: TestTables) => setDeployment(tables, [], LIVED)],
  ])('%s says so and shows no figure; the first ones come without reload', async (_, fill) => {
    const empty = await createFilledApi(fill, LIVED, HEAD)
    onTestFinished(empty.close)
    const visit = await open(`${await listen(empty)}/`)
    visit.expectComplaints(REFUSED)
    await notice(visit, 'Nothing is indexed yet.').waitFor()
    expect(await visit.page.locator('main data').count()).toBe(0)
    expect(await visit.page.locator('main').innerText()).not.toMatch(/(^|[^\d.,])0(\.0+)? (ASHAO|USDC)/)
    await fillLivedEconomy(empty.tables, LIVED)
    await visit.page.clock.runFor(PATIENCE)
    await untilFigures(visit)
    expect((await visit.figures())['treasury.balance']).toMatchObject({ value: '1000', block: HEAD })
    await notice(visit, 'Nothing is indexed yet.').waitFor({ state: 'detached' })
  })

  test('begins late by intent says from where on', async () => {
    const partial = {
      ...LIVED,
      policy: { ...LIVED.policy, partial: { ...LIVED.policy.partial, token: true } },
    }
    const late = await createLivedApi(partial)
    onTestFinished(late.close)
    const visit = await open(`${await listen(late)}/`)
    await notice(visit, 'A part of the history was left out on purpose.').waitFor()
    expect(await notice(visit, 'left out').innerText()).toMatch(/token.*100/s)
  })

  test('is far behind the chain says how far', async () => {
    await filled.change(
      `update source_status set chain_head = ${HEAD + 5_000}`,
      `update source_status set chain_head = ${HEAD + 4}`,
    )
    const visit = await open()
    await notice(visit, 'The index is behind the chain.').waitFor()
    expect(
      await visit.page.getByRole('progressbar', { name: 'Indexed part of the chain' }).getAttribute('value'),
    ).toBe('78')
  })
})

test('an API that refuses is quoted, with a way to try again', async () => {
  const { hide, show } = {
    hide: 'alter table snapshot rename to hidden',
    show: 'alter table if exists hidden rename to snapshot',
  }
  await filled.change(hide, show)
  const visit = await open()
  visit.expectComplaints(/status of 50/)
  const refusal = visit.page.locator('main .failure').first()
  await refusal.waitFor()
  expect(await refusal.innerText()).toMatch(/E\d{4}/)
  await filled.tables.run(show)
  await refusal.getByRole('button', { name: 'Try again' }).click()
  await untilFigures(visit)
  expect((await visit.figures())['treasury.balance']?.value).toBe('1000')
})
