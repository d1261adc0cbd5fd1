import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SMALL_HEAD, setHead, timeOf } from '../support/small-economy'
import { type ServedGraphql, serveGraphql } from './served-graphql'

let served: ServedGraphql

beforeAll(async () => {
  served = await serveGraphql()
})
afterEach(() => {
  served.version = undefined
  served.now = timeOf(SMALL_HEAD) + 3
})
afterAll(() => served.close())

const AT_HEAD = 'public, max-age=2, stale-while-revalidate=10'
const SETTLED = 'public, max-age=31536000, immutable'

const get = (query: string, headers: Record<string, string> = {}, more: Record<string, string> = {}) =>
  fetch(`${served.url}?${new URLSearchParams({ query, ...more })}`, { headers })

const post = (body: object) =>
  fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

interface GraphqlBody {
  readonly data?: unknown
  readonly errors?: readonly unknown[]
}

const bodyOf = async (answer: Response | Promise<Response>) => (await (await answer).json()) as GraphqlBody

describe('caches may keep', () => {
  test.each([
    ['{ supply { holders } }', AT_HEAD],
    ['{ supply(block: { number: 105 }) { holders } }', SETTLED],
    ['{ a: supply(block: { number: 105 }) { holders } asOf(block: { number: 100 }) { block } }', SETTLED],
    ['{ a: supply(block: { number: 105 }) { holders } b: supply { holders } }', AT_HEAD],
    ['{ a: supply(block: { number: 105 }) { holders } figures { name } }', AT_HEAD],
    [`{ supply(block: { number: ${SMALL_HEAD} }) { holders } }`, AT_HEAD],
    ['{ __schema { queryType { name } } }', AT_HEAD],
    ['{ transfers(block: { number: 105 }) { from value } }', SETTLED],
    [
      '{ transfers(block: { number: 105 }, where: { value_gt: "1", AND: [{ to_not: null }] }) { from } }',
      SETTLED,
    ],
    // The accounts of old transfers are as they are now.
    ['{ transfers(block: { number: 105 }) { fromAccount { balance } } }', AT_HEAD],
    ['{ transfers(block: { number: 105 }, where: { fromAccount_: { balance_gt: "1" } }) { from } }', AT_HEAD],
    [
      '{ transfersConnection(block: { number: 105 }, where: { OR: [{ fromAccount_: { balance: "1" } }] }) { totalCount } }',
      AT_HEAD,
    ],
    ['{ accounts { id } }', AT_HEAD],
  ])('%s: %s', async (query, expected) => {
    for (const answer of [await get(query), await post({ query })]) {
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, expected])
      expect((await bodyOf(answer)).errors).toBeUndefined()
    }
  })

  test.each(['{ nothing }', '{', '{ supply(block: { number: 999 }) { holders } }', ''])(
    'nothing that is an error: %s',
    async (query) => {
      const answer = await get(query)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('etag')).toBeNull()
    },
  )

  test('nothing that is refused as stale', async () => {
    served.now = timeOf(SMALL_HEAD) + 61
    const answer = await get('{ supply { holders } }')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a validator', () => {
  const QUERY = '{ supply { holders asOf { block } } }'

  test('stays while the chain does, whatever the clock says, and spares the answer', async () => {
    const first = await get(QUERY)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
    served.now += 5
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get(QUERY, { 'if-none-match': known })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(again.headers.get('etag')).toBe(etag)
      expect(again.headers.get('cache-control')).toBe(AT_HEAD)
      expect(again.headers.get('vary')).toBe('accept')
    }
    expect((await get(QUERY, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('is another one for another block or another question', async () => {
    const tag = async (query: string) => (await get(query)).headers.get('etag')
    const before = await tag(QUERY)
    expect(await tag('{ supply { asOf { block } holders } }')).not.toBe(before)
    await setHead(served.tables, SMALL_HEAD - 1)
    try {
      const after = await tag(QUERY)
      expect(after).toMatch(/^W\//)
      expect(after).not.toBe(before)
    } finally {
      await setHead(served.tables, SMALL_HEAD)
    }
  })

  test('is not given to a POST, which cannot be asked for under a condition', async () => {
    const etag = (await get(QUERY)).headers.get('etag') ?? ''
    const answer = await fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-none-match': etag },
      body: JSON.stringify({ query: QUERY }),
    })
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, null])
  })
})

describe('the server itself keeps', () => {
  const QUERY = 'query ($n: Int) { supply(block: { number: $n }) { holders } }'
  const snapshots = async (ask: () => Promise<unknown>) => {
    const before = served.snapshots
    await ask()
    return served.snapshots - before
  }

  test('an answer until the next commit or the next second, by its query and variables', async () => {
    served.version = 1
    const at = (n: number) => () => post({ query: QUERY, variables: { n } })
    expect(await snapshots(at(105))).toBe(1)
    expect(await snapshots(at(105))).toBe(0)
    expect(await snapshots(at(106))).toBe(1)
    expect(await snapshots(() => get(QUERY, {}, { variables: '{"n":105}' }))).toBe(1)
    served.version = 2
    expect(await snapshots(at(105))).toBe(1)
    expect(await snapshots(at(105))).toBe(0)
    served.now += 1
    expect(await snapshots(at(105))).toBe(1)
    served.version = undefined
    expect(await snapshots(at(105))).toBe(1)
  })

  test('one answer for whoever asks meanwhile', async () => {
    served.version = 3
    const ask = () => get('{ supply { holders } }')
    expect(await snapshots(() => Promise.all([ask(), ask(), ask(), ask()]))).toBe(1)
  })

  test('one answer for both media types', async () => {
    served.version = 4
    const types = ['application/json', 'application/graphql-response+json']
    const asked = await snapshots(async () => {
      for (const accept of types) {
        const answer = await get('{ supply { holders } }', { accept })
        expect(answer.headers.get('content-type')).toBe(`${accept}; charset=utf-8`)
      }
    })
    expect(asked).toBe(1)
  })
})

describe('a persisted query', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })
  const byHash = (hash: string, variables = {}) =>
    fetch(
      `${served.url}?${new URLSearchParams({
        extensions: JSON.stringify(persisted(hash)),
        variables: JSON.stringify(variables),
      })}`,
      { headers: { accept: 'application/graphql-response+json' } },
    )

  test.each(['POST', 'GET'])('is asked for by its hash once a %s gave it', async (method) => {
    // What is not found is not kept, not even within one commit and second.
    served.version = 5
    const query = `query By${method}($n: Int) { asOf(block: { number: $n }) { block } }`
    const hash = sha256(query)
    const missing = await byHash(hash, { n: 105 })
    expect(missing.status).toBe(200)
    expect(missing.headers.get('cache-control')).toBe('no-store')
    expect((await bodyOf(missing)).errors).toMatchObject([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ])
    const extensions = persisted(hash)
    const given = await (method === 'POST'
      ? post({ query, extensions, variables: { n: 105 } })
      : get(query, {}, { extensions: JSON.stringify(extensions), variables: '{"n":105}' }))
    const { data } = await bodyOf(given)
    expect(data).toEqual({ asOf: { block: 105 } })
    const found = await byHash(hash, { n: 105 })
    expect([found.status, found.headers.get('cache-control')]).toEqual([200, SETTLED])
    expect((await bodyOf(found)).data).toEqual(data)
    const etag = found.headers.get('etag') ?? ''
    const url = found.url
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await bodyOf(post({ extensions, variables: { n: 105 } }))).data).toEqual(data)
  })

  test('is not taken under another hash', async () => {
    const query = '{ supply { stakers: holders } }'
    const hash = sha256('something else')
    const answer = await post({ query, extensions: persisted(hash) })
    expect([answer.status, (await bodyOf(answer)).errors]).toMatchObject([
      400,
      [
        {
          extensions: { code: 'E5060', facts: { problem: expect.stringContaining('not that of the query') } },
        },
      ],
    ])
    expect((await bodyOf(byHash(hash))).errors).toMatchObject([{ message: 'PersistedQueryNotFound' }])
  })

  test('is not kept if it is refused', async () => {
    const query = '{ supply { holders } burns(first: 1000000) { id } }'
    const answer = await post({ query, extensions: persisted(sha256(query)) })
    expect((await bodyOf(answer)).errors).toMatchObject([{ extensions: { code: 'E5063' } }])
    expect((await bodyOf(byHash(sha256(query)))).errors).toMatchObject([
      { message: 'PersistedQueryNotFound' },
    ])
  })
})
