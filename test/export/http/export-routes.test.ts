import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DOWNLOADS } from '../../../src/export/http/downloads'
import { BOUGHT, FIRST, GREW, HEAD, STAKED, STAKER } from '../../support/lived-economy'
import { hashOf } from '../../support/small-economy'
import { type ServedExports, serveExports } from './served-exports'
import { decodeZstd } from './zstd-decode'

let served: ServedExports

beforeAll(async () => {
  served = await serveExports(4_000)
})
afterAll(() => served.close())

const problem = ({ body }: { readonly body: Buffer }) => JSON.parse(body.toString())
const RANGE = `fromBlock=${FIRST}&toBlock=${GREW}`

test.each(DOWNLOADS)('$path is what its encoder makes of the rows', async ({ path, dataset, format }) => {
  const whose = dataset === 'statement' ? STAKER : undefined
  const { status, headers, body } = await served.get(whose === undefined ? path : `${path}?account=${whose}`)
  expect(status, body.toString().slice(0, 500)).toBe(200)
  expect(body.equals(await served.encoded(dataset, format, {}, whose))).toBe(true)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['access-control-allow-origin']).toBe('*')
})

describe('compression', () => {
  const path = `/api/export/transfers.csv?${RANGE}`

  test('gives the same bytes again', async () => {
    const plain = await served.get(path)
    const gzip = await served.get(path, { 'accept-encoding': 'gzip' })
    const zstd = await served.get(path, { 'accept-encoding': 'gzip;q=0.5, zstd' })
    expect([plain, gzip, zstd].map(({ headers }) => headers['content-encoding'])).toEqual([
      undefined,
      'gzip',
      'zstd',
    ])
    expect(plain.body.length).toBeGreaterThan(1_000_000)
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true)
    expect(decodeZstd(zstd.body).equals(plain.body)).toBe(true)
    for (const { headers } of [plain, gzip, zstd]) expect(headers.vary).toBe('accept-encoding')
    const tags = [plain, gzip, zstd].map(({ headers }) => headers.etag)
    expect(new Set(tags).size).toBe(3)
    // What compresses may give other bytes on another machine.
    expect(tags.map((tag) => tag?.startsWith('W/'))).toEqual([false, true, true])
  })

  test('leaves Parquet alone', async () => {
    const { headers } = await served.get(`/api/export/transfers.parquet?${RANGE}`, {
      'accept-encoding': 'gzip',
    })
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers.vary).toBeUndefined()
  })
})

describe('headers', () => {
  test('say what the file is', async () => {
    const { headers } = await served.get(`/api/export/burns.csv?${RANGE}`)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="burns-${FIRST}-${GREW}.csv"`,
      'accept-ranges': 'none',
      'cache-control': 'public, max-age=31536000, immutable',
      'as-of-block': String(GREW),
      'as-of-hash': hashOf(GREW),
      'as-of-timestamp': '2023-11-17T00:00:00Z',
      'as-of-finalized': 'true',
      'as-of-digest': `0x${String(GREW).padStart(64, 'd')}`,
      'export-from-block': String(FIRST),
      'export-digest-before': hashOf(2),
      'export-schema-version': '1',
      'export-methodology-version': '1',
    })
    expect(headers['as-of-partial']).toBeUndefined()
    expect(headers.etag).toMatch(/^"[\w-]{27}"$/)
  })

  test.each([
    ['stakes.ndjson', 'application/x-ndjson'],
    ['stakes.parquet', 'application/vnd.apache.parquet'],
  ])('%s is %s', async (file, type) => {
    expect((await served.get(`/api/export/${file}`)).headers['content-type']).toBe(type)
  })

  test('a statement is named after its account', async () => {
    const { headers } = await served.get(`/api/export/statement.ndjson?account=${STAKER}`)
    expect(headers['content-disposition']).toBe(
      `attachment; filename="statement-${STAKER}-${FIRST}-${GREW}.ndjson"`,
    )
  })

  test('only a range with a named end counts for ever', async () => {
    const cacheOf = async (path: string) => (await served.get(path)).headers['cache-control']
    expect(await cacheOf(`/api/export/burns.csv?fromBlock=${FIRST}`)).toBe(
      'public, max-age=2, stale-while-revalidate=10',
    )
    expect(await cacheOf('/api/export/burns.csv?to=2023-11-16')).toBe('public, max-age=31536000, immutable')
    expect(await cacheOf(`/api/export/corrections.csv?${RANGE}`)).toBe(
      'public, max-age=2, stale-while-revalidate=10',
    )
  })

  test('HEAD has them all, and no body', async () => {
    const path = `/api/export/transfers.csv?${RANGE}`
    const [head, get] = [await served.get(path, {}, 'HEAD'), await served.get(path)]
    const { date: _head, ...ofHead } = head.headers
    const { date: _get, 'transfer-encoding': chunked, ...ofGet } = get.headers
    expect([head.status, head.body.length, ofHead, chunked]).toEqual([200, 0, ofGet, 'chunked'])
  })
})

describe('a validator', () => {
  const path = `/api/export/stakes.csv?${RANGE}`

  test('saves who has the file from getting it again', async () => {
    const { headers } = await served.get(path)
    for (const known of [String(headers.etag), `"other", W/${headers.etag}`, '*']) {
      const again = await served.get(path, { 'if-none-match': known })
      expect([again.status, again.body.length]).toEqual([304, 0])
      expect(again.headers).toMatchObject({
        etag: headers.etag,
        vary: 'accept-encoding',
        'cache-control': headers['cache-control'],
      })
      expect(again.headers['content-type']).toBeUndefined()
    }
    expect((await served.get(path, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('is another one for anything else, and the same for the same range in other words', async () => {
    const tagOf = async (file: string) => (await served.get(`/api/export/${file}`)).headers.etag
    const files = [
      `stakes.csv?${RANGE}`,
      `stakes.ndjson?${RANGE}`,
      `stakes.parquet?${RANGE}`,
      `burns.csv?${RANGE}`,
      `stakes.csv?fromBlock=${STAKED}&toBlock=${GREW}`,
      `stakes.csv?fromBlock=${FIRST}&toBlock=${BOUGHT}`,
      `stakes.csv?${RANGE}&after=${FIRST}-0`,
      `statement.csv?${RANGE}&account=${STAKER}`,
    ]
    // All places at once, twice: each is free when an answer has ended.
    const tags = [
      ...(await Promise.all(files.slice(0, 4).map(tagOf))),
      ...(await Promise.all(files.slice(4).map(tagOf))),
    ]
    expect(new Set(tags).size).toBe(files.length)
    expect(tags).not.toContain(undefined)
    expect(await tagOf('stakes.csv')).toBe(tags[0])
    expect(await tagOf(`stakes.csv?from=2023-11-01&toBlock=${GREW}`)).toBe(tags[0])
  })

  test('a log of this service has none', async () => {
    const { headers } = await served.get('/api/export/corrections.csv')
    expect(headers.etag).toBeUndefined()
    expect((await served.get('/api/export/corrections.csv', { 'if-none-match': '*' })).status).toBe(200)
  })
})

describe('a file that was cut', () => {
  /** The last whole line, and what its row names. */
  const lastRow = (part: Buffer, columns: readonly string[]): { kept: Buffer; after: string } => {
    const kept = part.subarray(0, part.lastIndexOf(10) + 1)
    const line = kept.subarray(0, -1).toString().split('\n').at(-1)?.trim() ?? ''
    const cells = line.startsWith('{')
      ? (JSON.parse(line) as Readonly<Record<string, string>>)
      : Object.fromEntries(line.split(',').map((cell, index) => [columns[index], cell]))
    return { kept, after: `${cells.block_number}-${cells.log_index ?? 0}` }
  }

  test.each(['transfers.csv', 'transfers.ndjson', 'snapshots.csv'])(
    '%s goes on after its last row',
    async (file) => {
      const path = `/api/export/${file}?${RANGE}`
      const { body } = await served.get(path)
      const columns = body.toString('utf8', 0, 2_000).split('\r\n', 1)[0]?.split(',') ?? []
      const firstEnd = body.indexOf(10, body.indexOf(10) + 1) + 1
      for (let turn = 0; turn < 5; turn += 1) {
        const cutAt = firstEnd + Math.floor(Math.random() * (body.length - firstEnd))
        const { kept, after } = lastRow(body.subarray(0, cutAt), columns)
        const rest = await served.get(`${path}&after=${after}`)
        expect(Buffer.concat([kept, rest.body]).equals(body), `cut at ${cutAt}, after ${after}`).toBe(true)
        expect(rest.headers['content-disposition']).toContain(`-after-${after}.`)
        if (file.endsWith('csv')) expect(rest.headers['content-type']).toContain('header=absent')
      }
      const { kept, after } = lastRow(body, columns)
      expect(kept.equals(body)).toBe(true)
      const rest = await served.get(`${path}&after=${after}`)
      expect([rest.status, rest.body.length]).toEqual([200, 0])
    },
  )

  test.each([
    ['transfers.parquet', '', 'a Parquet file is whole or unreadable'],
    ['daily.csv', '', 'its rows are no events'],
    ['corrections.ndjson', '', 'its rows are no events'],
    ['statement.parquet', `&account=${STAKER}`, 'a Parquet file is whole or unreadable'],
  ])('%s does not', async (file, parameters, why) => {
    const answer = await served.get(`/api/export/${file}?after=${BOUGHT}-12${parameters}`)
    expect(answer.status).toBe(400)
    expect(problem(answer)).toMatchObject({
      code: 'E7062',
      facts: { file: `/api/export/${file}`, problem: why },
    })
  })

  test('does not go on after a row of another range', async () => {
    for (const after of [`${FIRST - 1}-0`, `${GREW + 1}-0`]) {
      const answer = await served.get(`/api/export/transfers.csv?${RANGE}&after=${after}`)
      expect([answer.status, problem(answer).code]).toEqual([400, 'E7062'])
    }
  })
})

describe('a problem', () => {
  test.each([
    ['/api/export/transfers.csv?blok=1', 400, 'E7061'],
    ['/api/export/transfers.csv?fromBlock=1&from=2023-11-14', 400, 'E7061'],
    [`/api/export/transfers.csv?toBlock=${HEAD}`, 404, 'E5101'],
    [`/api/export/transfers.csv?toBlock=${FIRST - 1}`, 404, 'E5103'],
    [`/api/export/transfers.csv?fromBlock=${GREW}&toBlock=${BOUGHT}`, 400, 'E5104'],
    [`/api/export/transfers.csv?fromBlock=${FIRST + 1}&toBlock=${FIRST + 2}`, 404, 'E5102'],
    ['/api/export/statement.csv', 400, 'E7061'],
    ['/api/export/accounts.csv', 404, 'E5031'],
    ['/api/export/transfers.xml', 404, 'E5031'],
  ])('%s: %i %s', async (path, status, code) => {
    const answer = await served.get(path)
    expect([answer.status, problem(answer)]).toMatchObject([status, { status, code }])
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('a method that is not served is told which are', async () => {
    const answer = await served.get('/api/export/transfers.csv', {}, 'POST')
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD'])
  })
})
