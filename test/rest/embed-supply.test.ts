import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createEmbedApp, type EmbedApp } from '../support/embed-app'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import { createLivedApi, FIRST, HEAD, LIVED } from '../support/lived-economy'
import { bucketRow, ECONOMY, SMALL_HEAD, START, setHead, snapshotRow } from '../support/small-economy'
import { ask, listed, page } from './embed-page'

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

const api = async (url: string) => (await ask(embed, url)).json()
const numbers = (path: string) =>
  path
    .split(/[^\d.-]+/)
    .filter(Boolean)
    .map(Number)
const lines = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/<g class="(\w+)">(?:<path class="area"[^>]*>)?<path class="line" d="M([^"]+)"/g)].map(
      ([, name = '', path = '']) => [name, numbers(path)],
    ),
  )

test('draws the closing figures of /api/series, with the same in words', async () => {
  const { points } = await api('/api/series?interval=day')
  const body = await page(embed, '/embed/supply')
  const supply = await api('/api/supply')
  expect(listed(body)).toEqual({
    Total: supply.totalSupplyDecimal,
    Circulating: supply.circulatingSupplyDecimal,
    Staked: supply.stakedDecimal,
    Burned: supply.cumulativeBurnDecimal,
  })
  const figures = {
    total: 'totalSupply',
    circulating: 'circulatingSupply',
    staked: 'staked',
    burned: 'cumulativeBurn',
  }
  const drawn = lines(body)
  expect(Object.keys(drawn)).toEqual(Object.keys(figures))
  for (const [name, figure] of Object.entries(figures)) {
    // All but the burns reach up to a thousand tokens, the burns to fifty.
    const full = name === 'burned' ? 50 : 1000
    const heights = drawn[name]?.filter((_, index) => index % 2 === 1)
    const wanted = points.map(
      (point: Record<string, string>) => 1000 - Math.floor((Number(point[`${figure}Decimal`]) * 1000) / full),
    )
    expect({ name, heights }).toEqual({ name, heights: wanted })
  }
  // From the end of the first day to the newest block, an hour into the fourth.
  expect(drawn.total?.filter((_, index) => index % 2 === 0)).toEqual([0, 490, 980, 1000])
  expect(body).toContain(
    'Total, Circulating, Staked by day, 2023-11-14 to 2023-11-17. Total: from 1000 to 947 ASHAO.',
  )
  expect(body).toContain('Burned by day, 2023-11-14 to 2023-11-17. Burned: from 0 to 50 ASHAO.')
})

test('draws as many days as are asked for', async () => {
  expect(lines(await page(embed, '/embed/supply?days=2')).total).toHaveLength(2 * 2)
  for (const days of ['1', '366', '2.5', 'x']) {
    expect((await ask(embed, `/embed/supply?days=${days}`)).statusCode).toBe(400)
  }
  expect((await ask(embed, '/embed/burn?days=30')).body).toContain('days is unknown')
})

test('draws the very first block, and that nothing was burned', async () => {
  const body = await page(embed, `/embed/supply?block=${FIRST}`)
  expect(body).toContain('Burned: 0 ASHAO all along.')
  expect(lines(body).total).toEqual([0, 0, 1000])
})

test('has a year in fewer than 30,000 bytes, whatever the amounts', async () => {
  const long = await createLivedApi()
  onTestFinished(long.close)
  const days = Array.from({ length: 400 }, (_, index) => index + 1)
  const startOf = (day: number) => START - (START % 86_400) + (day + 3) * 86_400
  const blockOf = (day: number) => (startOf(day) - START) / 10 + 60
  const odd = (day: number) => (BigInt(day) * 104_729_000_000_000_000_000_000n * 7919n) % 10n ** 27n
  await long.tables.insert(
    'snapshot',
    ...days.map((day) =>
      snapshotRow(blockOf(day), {
        eventCount: 30 + day,
        totalSupply: odd(day),
        circulatingSupply: odd(day + 7),
        staked: odd(day + 70),
        cumulativeBurn: odd(day + 700),
      }),
    ),
  )
  await long.tables.insert(
    'bucket',
    ...days.map((day) => bucketRow('DAY', new Date(startOf(day) * 1000).toISOString(), blockOf(day))),
  )
  await setHead(long.tables, blockOf(400))
  const year = createEmbedApp(long.tables.url, LIVED, blockOf(400))
  onTestFinished(year.close)
  const body = await page(year, '/embed/supply?days=365')
  expect(lines(body).total).toHaveLength(365 * 2)
  expect(lines(await page(year, '/embed/supply')).total).toHaveLength(90 * 2)
  expect(Buffer.byteLength(body)).toBeLessThan(30_000)
})

test('says so where there is nothing to draw', async () => {
  // It has blocks, but no day of it was written down.
  const small = await createSmallApi()
  onTestFinished(small.close)
  const dayless = createEmbedApp(small.tables.url, ECONOMY, SMALL_HEAD)
  onTestFinished(dayless.close)
  const body = await page(dayless, '/embed/supply')
  expect(body).toContain('There is nothing to draw: no day is covered.')
  expect(body).not.toContain('<path class="line"')
})
