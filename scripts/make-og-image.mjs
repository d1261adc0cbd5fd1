// Draws assets/og.png from assets/og.svg: `node scripts/make-og-image.mjs`, with a Chromium in CHROMIUM_PATH or in PATH.
// The picture is committed, since neither a build nor the service has a browser.
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { launchBrowser } from './launch-browser.mjs'

const WIDTH = 1200
const HEIGHT = 630
/** Those who show it fetch it for every reader. */
const MOST_BYTES = 60_000

const assets = path.join(import.meta.dirname, '..', 'assets')
const drawing = readFileSync(path.join(assets, 'og.svg'), 'utf8')
const target = path.join(assets, 'og.png')

const browser = await launchBrowser()
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, deviceScaleFactor: 1 })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`)
  await page.screenshot({ path: target, type: 'png' })
} finally {
  await browser.close()
}

const { size } = statSync(target)
if (size > MOST_BYTES) throw new Error(`assets/og.png has ${size} bytes; ${MOST_BYTES} are allowed`)
process.stdout.write(`assets/og.png: ${WIDTH} × ${HEIGHT}, ${size} bytes\n`)
