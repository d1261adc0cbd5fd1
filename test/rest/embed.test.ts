import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createEmbedApp, type EmbedApp } from '../support/embed-app'
import { type FilledApi, spoilSnapshots } from '../support/filled-api'
import { createLivedApi, GREW, HEAD, LIVED, STAKED } from '../support/lived-economy'
import { setDeployment, setHead, timeOf } from '../support/small-economy'

import { ask, leading, listed, page, READER, textOf } from './embed-page'

let filled: FilledApi
let embed: EmbedApp

beforeAll(async () => {
  filled = await createLivedApi()
  embed = createEmbedApp(filled.tables.url, LIVED, HEAD)
})
afterEach(async () => {
  embed.now = timeOf(HEAD) + 3
  embed.reported.length = 0
  await filled.restore()
})
afterAll(async () => {
  await embed.close()
  await filled.close()
})

const PATHS = ['/embed/treasury', '/embed/burn', '/embed/supply']
const api = async (url: string) => (await ask(embed, url)).json()
const inside = (body: string, tag: string) =>
  new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body)?.[1] ?? ''

describe.each(PATHS)('%s', (path) => {
  test('is one small page that loads nothing, and whose policy allows its own style and script alone', async () => {
    const reply = await ask(embed, path)
    expect(reply.statusCode).toBe(200)
    expect(Buffer.byteLength(reply.body)).toBeLessThan(30_000)
    expect(reply.body).not.toMatch(
      /<(img|link rel="(?!alternate)|iframe|object|embed|base|a )|\ssrc=|@import|url\(|\sstyle=|\son\w+=/,
    )
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8')
    const hash = (tag: string) =>
      `'sha256-${createHash('sha256').update(inside(reply.body, tag)).digest('base64')}'`
    expect(inside(reply.body, 'style').length).toBeGreaterThan(1000)
    expect(inside(reply.body, 'script').length).toBeGreaterThan(500)
    expect(reply.headers['content-security-policy']).toBe(
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
    )
    expect(reply.headers).not.toHaveProperty('x-frame-options')
  })

  test('says at which block it is true, when that was, and that the head is not final', async () => {
    const { asOf } = await api('/api/treasury')
    const time = asOf.timestamp.replace('T', ' ').replace('Z', ' UTC')
    expect(textOf(await page(embed, path))).toContain(`Block ${asOf.block} ${time} not finalized yet`)
  })

  test('answers for a block and for a time, finally where they are', async () => {
    const reply = await ask(embed, `${path}?block=${GREW}`)
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(textOf(reply.body)).toMatch(new RegExp(`Block ${GREW} 2023-11-17 00:00:00 UTC finalized`))
    // What cannot change does not look for anything newer.
    expect(reply.body).not.toContain('<main data-live')
    expect(await page(embed, path)).toContain('<main data-live>')
    const at = await page(embed, `${path}?at=2023-11-16T12:00:00Z`)
    expect(textOf(at)).toContain('Block 640 2023-11-15 00:00:00 UTC finalized')
    expect(textOf(await page(embed, `${path}?block=${GREW + 5}`))).toContain(`last event in block ${GREW}`)
  })

  test('has a validator, and 304 until there is a new block', async () => {
    const { headers } = await ask(embed, path)
    expect(headers).toMatchObject({ 'as-of-block': String(HEAD), etag: expect.stringMatching(/^W\/"/) })
    const known = { ...READER, 'if-none-match': String(headers.etag) }
    const same = await ask(embed, path, known)
    expect([same.statusCode, same.body]).toEqual([304, ''])
    await setHead(filled.tables, HEAD + 1)
    embed.now += 1
    expect((await ask(embed, path, known)).statusCode).toBe(200)
  })

  test('has the colours that are asked for', async () => {
    for (const theme of ['light', 'dark', 'auto']) {
      expect(await page(embed, `${path}?theme=${theme}`)).toContain(`<html lang="en" data-theme="${theme}">`)
    }
    expect(await page(embed, path)).toContain('data-theme="auto"')
  })

  test('says in words what is stale, and shows no figure then', async () => {
    embed.now = timeOf(HEAD) + 3600
    const reply = await ask(embed, `${path}?theme=dark`)
    expect(reply.statusCode).toBe(503)
    expect(reply.headers).toMatchObject({ 'retry-after': '10', 'cache-control': 'no-store', vary: 'accept' })
    expect(textOf(reply.body)).toContain('Not available now The newest indexed block is 3600 seconds old')
    expect(textOf(reply.body)).toContain('E5003')
    expect(reply.body).not.toMatch(/<data|class="lead"|<path/)
    expect(reply.body).toContain('data-theme="dark"')
    // It is still a widget: it may be framed, and looks whether there is something again.
    expect(reply.headers['content-security-policy']).toContain('frame-ancestors *')
    expect(reply.body).toContain('<main data-live>')
    // A block that is named does not age.
    expect((await ask(embed, `${path}?block=${GREW}`)).statusCode).toBe(200)
  })

  test('says that nothing is indexed yet', async () => {
    await filled.change('delete from deployment', 'select 1')
    const reply = await ask(embed, path)
    expect(reply.statusCode).toBe(503)
    expect(textOf(reply.body)).toContain('Nothing is indexed yet.')
    expect(reply.body).not.toMatch(/<data|class="lead"/)
    await setDeployment(filled.tables, [], LIVED)
  })

  test('keeps what failed unforeseen to itself, and reports it once', async () => {
    await spoilSnapshots(filled)
    const reply = await ask(embed, path)
    expect(reply.statusCode).toBe(500)
    expect(textOf(reply.body)).toContain('E5099')
    expect(reply.body).not.toContain('UNHEARD')
    expect(embed.reported).toHaveLength(1)
  })

  test('refuses what it does not know: in words in a frame, as a problem elsewhere', async () => {
    const reply = await ask(embed, `${path}?theme=pink&blok=1`)
    expect(reply.statusCode).toBe(400)
    expect(textOf(reply.body)).toMatch(
      /Nothing to show .*theme is none of light, dark, auto; blok is unknown/,
    )
    expect(reply.body).not.toContain('<main data-live')
    const problem = await ask(embed, `${path}?theme=pink`, { accept: 'application/json' })
    expect(problem.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(problem.json()).toMatchObject({ status: 400, code: 'E5030' })
    expect((await ask(embed, `${path}?theme=dark&theme=light`)).body).toContain('more than once')
    expect((await ask(embed, `${path}?block=1`)).statusCode).toBe(404)
  })

  test('marks partial history', async () => {
    expect(textOf(await page(embed, path))).not.toContain('Partial history')
    const policy = { ...LIVED.policy, partial: { token: true, staking: false, stable: false } }
    const economy = { ...LIVED, policy }
    await setDeployment(filled.tables, ['token'], economy)
    const partial = createEmbedApp(filled.tables.url, economy, HEAD)
    onTestFinished(partial.close)
    expect(textOf(await page(partial, path))).toContain(
      'Partial history: token events before the start block are missing.',
    )
  })

  test('presents itself where its address is shared', async () => {
    const body = await page(embed, `${path}?theme=dark&block=${GREW}`)
    const url = `http://localhost:80${path}?theme=dark&block=${GREW}`
    expect(body).toContain(`<meta property="og:url" content="${url.replace('&', '&#38;')}">`)
    expect(body).toContain('<meta property="og:image" content="http://localhost:80/og.png">')
    expect(body).toContain('<meta name="twitter:card" content="summary_large_image">')
    const found = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)" title="[^"]+">/.exec(
      body,
    )?.[1]
    expect(found?.replaceAll('&#38;', '&')).toBe(
      `http://localhost:80/oembed?url=${encodeURIComponent(url)}&format=json`,
    )
  })
})

test('the treasury card shows the figures of /api/treasury', async () => {
  for (const query of ['', `?block=${STAKED}`, `?block=${GREW}`]) {
    const figures = await api(`/api/treasury${query}`)
    const body = await page(embed, `/embed/treasury${query}`)
    expect(leading(body)).toBe(figures.balanceDecimal)
    expect(listed(body)).toEqual({
      Revenue: figures.revenueDecimal,
      'Rewards paid': figures.rewardsPaidDecimal,
      Burned: figures.cumulativeBurnDecimal,
    })
    const leg = (name: string) =>
      `${figures[`policy${name}ExecutedDecimal`]} of ${figures[`policy${name}AllocatedDecimal`]} USDC`
    expect([...body.matchAll(/<b title="([^"]+)"/g)].map(([, title]) => title)).toEqual([
      leg('Burn'),
      leg('Rewards'),
    ])
  }
  // 300 of 750, 200 of 750.
  const widths = [...(await page(embed, '/embed/treasury')).matchAll(/<rect width="(\d+)"/g)].map(
    ([, width]) => width,
  )
  expect(widths).toEqual(['400', '266'])
})

test('the burn counter shows the figures of /api/supply and /api/windows, and why one is unknown', async () => {
  const supply = await api('/api/supply')
  const { windows } = await api('/api/windows')
  const burned = (name: string) => windows.find((each: { name: string }) => each.name === name).burnedDecimal
  const body = await page(embed, '/embed/burn')
  expect(leading(body)).toBe(supply.cumulativeBurnDecimal)
  expect(burned('d30')).toBeNull()
  expect(listed(body)).toEqual({
    'By buybacks': supply.burnedByBuybackDecimal,
    'Last 24 hours': burned('d1'),
    'Plus at dead addresses': supply.deadBurnDecimal,
  })
  expect(textOf(body)).toContain('Last 30 days unknown: the window begins before the history does')
})

test('text that came with a request is not markup', async () => {
  const reply = await ask(embed, '/embed/burn?%22%3E%3Cscript%3E=1')
  expect(reply.statusCode).toBe(400)
  expect(reply.body).toContain('&#34;&#62;&#60;script&#62; is unknown')
  expect(reply.body.match(/<script/g)).toHaveLength(1)
})
