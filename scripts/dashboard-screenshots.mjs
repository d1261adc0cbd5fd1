// Takes the README's pictures of the dashboard: `npm run dashboard:screenshots`. They show the local economy, seeded anew in
// a directory of its own, as a reader sees it who opens the page: on a desktop and on a phone, in light and dark.
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, PROJECT, runProgram } from './dashboard-program.mjs'
import { launchBrowser } from './launch-browser.mjs'

/** Pixels of the page; a phone has more than one of its own for each. */
const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
}
/** Everybody who opens the README fetches them. */
const MOST_BYTES = 350_000
/** Charts on a desktop's picture: the wide one, and two beside each other. */
const CHARTS = 3
/** Pixels below them. */
const MARGIN = 12

const directory = mkdtempSync(path.join(tmpdir(), 'ashao-pictures-'))
// PostgreSQL refuses root and runs as another user, who has to pass through.
chmodSync(directory, 0o755)
const closing = [() => rmSync(directory, { recursive: true, force: true })]
try {
  const [port, devnetPort] = [await freePort(), await freePort()]
  const variables = { DATA_DIR: directory, PORT: String(port), DEVNET_PORT: String(devnetPort) }
  process.stderr.write('seeding the local economy\n')
  closing.push(await runProgram([], variables, /Ready after/))
  const browser = await launchBrowser()
  closing.push(() => browser.close())
  for (const screen of Object.keys(SCREENS))
    for (const colorScheme of ['light', 'dark'])
      await take(browser, `http://127.0.0.1:${port}/`, screen, colorScheme)
} finally {
  for (const close of closing.reverse()) await close()
}

async function take(browser, address, screen, colorScheme) {
  const context = await browser.newContext({ ...SCREENS[screen], colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('[data-figure] .value data').nth(3).waitFor()
  await page.locator('[data-chart]').first().waitFor()
  for (const chart of await page.locator('[data-chart]').all()) await chart.locator('canvas').waitFor()
  await page.locator('.liveness.live').waitFor()
  await page.evaluate(() => document.fonts.ready)
  // What is drawn is on the screen two frames later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const file = `assets/dashboard-${screen}-${colorScheme}.png`
  const target = path.join(PROJECT, file)
  // A desktop's picture goes on to where the first charts end, so that none is cut; a phone's is its screen.
  const height = screen === 'desktop' ? await endOf(page.locator('[data-chart]').nth(CHARTS - 1)) : undefined
  const { width } = SCREENS[screen].viewport
  await page.screenshot({
    path: target,
    ...(height !== undefined && { fullPage: true, clip: { x: 0, y: 0, width, height } }),
  })
  await context.close()
  const { size } = statSync(target)
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes; ${MOST_BYTES} are allowed`)
  process.stdout.write(`${file}: ${size} bytes\n`)
}

async function endOf(locator) {
  const { y, height } = await locator.boundingBox()
  return Math.ceil(y + height + MARGIN)
}
