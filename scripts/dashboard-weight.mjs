// Weighs and times the dashboard: `npm run dashboard:weight`. Prints a table, and ends with 1 where a limit is missed.
// What is timed runs against the program's API over five years of a made-up history, written by the indexer's own parts
// into an embedded PostgreSQL of its own.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { freePort, PROJECT, runProgram } from './dashboard-program.mjs'
import { launchBrowser } from './launch-browser.mjs'

const LIMITS = { scripts: 200_000, firstScreen: 1_000, windowChange: 100 }
const YEARS = 5
/** Token transfers of the whole history: some four blocks a day have events. */
const TRANSFERS = 15_000
const LOADS = 9
const WINDOWS = [
  ['24 h', 'd1'],
  ['7 d', 'd7'],
  ['30 d', 'd30'],
  ['1 y', 'd365'],
  ['All', 'all'],
]
const VIEWPORT = { width: 1440, height: 900 }

const require = createRequire(import.meta.url)
const rows = []
let isMissed = false
const note = (what, value, limit) => {
  if (limit !== undefined && value > limit) isMissed = true
  rows.push({ what, value, limit })
}
const say = (text) => process.stderr.write(`${text}\n`)
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1]

weigh()
const directory = mkdtempSync(path.join(tmpdir(), 'ashao-weight-'))
// PostgreSQL refuses root and runs as another user, who has to pass through.
chmodSync(directory, 0o755)
const closing = [() => rmSync(directory, { recursive: true, force: true })]
try {
  const origin = await serveFiveYears()
  const browser = await launchBrowser()
  closing.push(() => browser.close())
  await timeFirstScreen(browser, origin)
  await timeWindows(browser, origin)
} finally {
  for (const close of closing.reverse()) await close()
}
for (const { what, value, limit } of rows) {
  const verdict = limit === undefined ? '' : `limit ${limit}${value > limit ? '  MISSED' : ''}`
  process.stdout.write(`${what.padEnd(58)} ${String(Math.round(value)).padStart(8)}  ${verdict}\n`)
}
process.exitCode = isMissed ? 1 : 0

/** Sizes of what the page loads, as they are sent. */
function weigh() {
  const built = path.join(PROJECT, 'lib/dashboard')
  for (const [kind, limit] of [
    ['js', LIMITS.scripts],
    ['css', undefined],
  ]) {
    const files = readdirSync(built).filter((name) => name.endsWith(`.${kind}`))
    if (files.length === 0) throw new Error('lib/dashboard is not built: npm run build')
    const bytes = files.map((name) => readFileSync(path.join(built, name)))
    const total = (compress) => bytes.reduce((sum, each) => sum + compress(each).length, 0)
    note(`${kind}, gzipped, bytes`, total(gzipSync), limit)
    note(`${kind}, brotli, bytes`, total(brotliCompressSync))
  }
}

/** Writes the history, and serves it. @returns the API's origin */
async function serveFiveYears() {
  const from = (file) => require(path.join(PROJECT, file))
  const { startEmbeddedPostgres } = from('lib/devnet/postgres.js')
  const { productParts } = from('bench/ingest/build/bench/api/loader/product.js')
  const { loadEconomy } = from('bench/ingest/build/bench/api/loader/load-economy.js')
  const { economyFile } = from('bench/ingest/build/bench/api/loader/economy-file.js')
  const postgres = await startEmbeddedPostgres({ dataDir: directory })
  closing.push(() => postgres.stop())
  const to = Math.floor(Date.now() / 1_000)
  const script = {
    transfers: TRANSFERS,
    accounts: 2_000,
    seed: 1,
    from: to - Math.round(YEARS * 365.25 * 86_400),
    to,
  }
  say(`writing ${YEARS} years`)
  const product = productParts(path.join(PROJECT, 'lib'))
  await loadEconomy({ databaseUrl: postgres.url, script, product, say })
  const file = path.join(directory, 'economy.yaml')
  writeFileSync(file, economyFile())
  const port = await freePort()
  const variables = {
    DATABASE_URL: postgres.url,
    ECONOMY_FILE: file,
    DATA_DIR: directory,
    PORT: String(port),
    // The history goes no further while this runs.
    MAX_LAG_SECONDS: '86400',
  }
  closing.push(await runProgram(['api'], variables, /serving on/))
  return `http://127.0.0.1:${port}`
}

/** Milliseconds from the navigation to the frame that has the four figures, in a browser that has never been here. */
async function timeFirstScreen(browser, origin) {
  const times = []
  for (let load = 0; load < LOADS; load += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const look = (now) => {
        const isThere = document.querySelectorAll('[data-figure] .value data').length === 4
        if (isThere) setTimeout(() => (window.drawnAt = performance.now()))
        else requestAnimationFrame(look)
        return now
      }
      requestAnimationFrame(look)
    })
    await page.goto(origin, { waitUntil: 'commit' })
    times.push(
      await (await page.waitForFunction(() => window.drawnAt, undefined, { polling: 50 })).jsonValue(),
    )
    await context.close()
  }
  // The API's first answer is that of a process that has just begun.
  note('first screen, of an API that was never asked, ms', times[0])
  note(`first screen, cold browser, median of ${LOADS}, ms`, median(times), LIMITS.firstScreen)
  note(`first screen, cold browser, slowest of ${LOADS}, ms`, Math.max(...times))
}

/** What the page shows of a window: its figures, and in each chart that is in sight the buckets. */
function shown() {
  const inSight = ({ top, bottom }) => bottom > 0 && top < innerHeight
  const charts = [...document.querySelectorAll('[data-chart]')].filter((chart) =>
    inSight(chart.getBoundingClientRect()),
  )
  return JSON.stringify([
    [...document.querySelectorAll('[data-figure] .change')].map(({ textContent }) => textContent),
    [...document.querySelectorAll('.flywheel .amount')].map(({ textContent }) => textContent),
    charts.map((chart) => {
      const plot = chart.querySelector('[role=slider]')
      return [chart.dataset.chart, plot?.ariaLabel, plot?.ariaValueMax]
    }),
  ])
}

/** Milliseconds from a click on a window to the frame that shows it, with the charts in sight. */
async function timeWindows(browser, origin) {
  const wanted = await learnWindows(browser, origin)
  const times = { first: [], again: [] }
  for (let visit = 0; visit < 3; visit += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT })
    const page = await context.newPage()
    await page.goto(origin)
    await settle(page)
    for (const kind of ['first', 'again']) {
      // From the default window to each other one, and back to it in the end.
      for (const [label, name] of [...WINDOWS.filter(([, name]) => name !== 'd30'), WINDOWS[2]]) {
        const time = await page.evaluate(timing(label, wanted[name]))
        // The page opened at 30 days: that window is never new to it.
        const isFirst = kind === 'first' && name !== 'd30'
        times[isFirst ? 'first' : 'again'].push(time)
        say(`${isFirst ? 'first' : 'again'} ${name}: ${time.toFixed(0)} ms`)
        await page.waitForTimeout(400)
      }
    }
    await context.close()
  }
  note('window change, first time, median, ms', median(times.first), LIMITS.windowChange)
  note('window change, first time, slowest, ms', Math.max(...times.first))
  note('window change, seen before, median, ms', median(times.again), LIMITS.windowChange)
  note('window change, seen before, slowest, ms', Math.max(...times.again))
}

/** What each window shows in the end: each opened by its address, charts in sight. */
async function learnWindows(browser, origin) {
  const wanted = {}
  for (const [, name] of WINDOWS) {
    const context = await browser.newContext({ viewport: VIEWPORT })
    const page = await context.newPage()
    await page.goto(`${origin}/?window=${name}`)
    await settle(page)
    wanted[name] = await page.evaluate(shown)
    await context.close()
  }
  if (new Set(Object.values(wanted)).size !== WINDOWS.length) throw new Error('windows that show the same')
  return wanted
}

/** Until all charts are drawn and everything was fetched ahead; then to where figures and charts are in sight. */
async function settle(page) {
  await page.locator('[data-figure] .value data').nth(3).waitFor()
  await page.locator('[data-chart] canvas').first().waitFor()
  await page.waitForTimeout(2_500)
  await page.evaluate(() => document.querySelector('.flywheel').scrollIntoView({ block: 'start' }))
  await page.waitForTimeout(500)
}

/** What runs in the page, as text: its policy forbids to make functions of text there. */
function timing(label, wanted) {
  return `(() => {
    ${shown}
    return (${clickAndWait})(shown, ${JSON.stringify(label)}, ${JSON.stringify(wanted)})
  })()`
}

function clickAndWait(look, label, wanted) {
  const button = [...document.querySelectorAll('.windows button')].find(
    ({ textContent }) => textContent === label,
  )
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const check = () => {
      if (look() === wanted) {
        // After the frame: what it shows is drawn.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - began)
        port2.postMessage(undefined)
      } else if (performance.now() - began > 10_000) {
        reject(new Error(`not shown after 10 s: wanted ${wanted}, shown ${look()}`))
      } else requestAnimationFrame(check)
    }
    button.click()
    requestAnimationFrame(check)
  })
}
