import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedGraphql, serveGraphql } from './served-graphql'

let served: ServedGraphql

beforeAll(async () => {
  served = await serveGraphql()
})
afterAll(() => served.close())

const GRAPHQL = 'application/graphql-response+json'
const JSON_TYPE = 'application/json'

/**
 * Every audit, the optional ones too. A wrong document is 400 for who accepts GraphQL's own media type and 200 for who
 * accepts JSON alone: the audits leave no room for 422.
 */
describe('the audits of graphql-http', () => {
  test.each(serverAudits({ url: () => served.url }).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (_id, _name, audit) => {
      const result = await audit.fn()
      expect(result).toMatchObject({ status: 'ok' })
    },
  )

  test('are many', () => {
    const audits = serverAudits({ url: '' })
    expect(audits.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThan(10)
    expect(audits.filter(({ name }) => name.startsWith('SHOULD')).length).toBeGreaterThan(20)
  })
})

const get = (parameters: Record<string, string> | string, headers: Record<string, string> = {}) =>
  fetch(`${served.url}?${new URLSearchParams(parameters)}`, { headers })

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(served.url, { method: 'POST', headers: { 'content-type': JSON_TYPE, ...headers }, body })

async function refusal(answer: Response) {
  const { errors, data } = (await answer.json()) as {
    errors: { message: string; extensions: { code: string; facts: Record<string, unknown> } }[]
    data?: unknown
  }
  expect(data).toBeUndefined()
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('etag')).toBeNull()
  const [{ message = '', extensions = undefined } = {}] = errors
  return { status: answer.status, message, code: extensions?.code, facts: extensions?.facts }
}

describe('what a client accepts', () => {
  test.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [GRAPHQL, GRAPHQL],
    [`${JSON_TYPE}, ${GRAPHQL}`, GRAPHQL],
    [`${GRAPHQL};q=0.5, ${JSON_TYPE}`, JSON_TYPE],
    [`text/html;q=0.9, ${GRAPHQL}; charset=utf-8, */*;q=0.1`, GRAPHQL],
    [`${JSON_TYPE};q=0, */*`, GRAPHQL],
    ['APPLICATION/JSON', JSON_TYPE],
  ])('%s gets %s', async (accept, type) => {
    const reply = await served.app.inject({
      url: '/graphql?query={__typename}',
      headers: accept === undefined ? {} : { accept },
    })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`])
    expect(reply.headers.vary).toBe('accept')
  })

  test.each(['text/plain', 'image/*', `${JSON_TYPE};q=0`, 'multipart/mixed'])(
    '%s is not there',
    async (accept) => {
      const answer = await get({ query: '{__typename}' }, { accept })
      expect(await refusal(answer)).toMatchObject({ status: 406, code: 'E5061', facts: { accept } })
    },
  )
})

describe('a malformed request is refused with the reason', () => {
  test.each([
    ['{', 'the body is not JSON'],
    ['', 'the body is not JSON'],
    ['"{__typename}"', 'the body is not an object'],
    ['[{"query":"{__typename}"}]', 'several requests in one body are not served'],
    ['{"variables":{}}', 'there is no query'],
    ['{"query":7}', 'query is not a string'],
    ['{"query":"{__typename}","operationName":7}', 'operationName is not a string'],
    ['{"query":"{__typename}","variables":"{}"}', 'variables is not an object'],
    ['{"query":"{__typename}","extensions":[]}', 'extensions is not an object'],
    ['{"query":"{__typename}","querry":"{__typename}"}', '"querry" is no parameter'],
    ['{"extensions":{"persistedQuery":{"version":2}}}', 'extensions.persistedQuery.version is not 1'],
    [
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      'extensions.persistedQuery.sha256Hash is not a SHA-256 in lower-case hex',
    ],
  ])('POST %s: %s', async (body, problem) => {
    for (const accept of [JSON_TYPE, GRAPHQL]) {
      expect(await refusal(await post(body, { accept }))).toMatchObject({
        status: 400,
        code: 'E5060',
        facts: { problem },
      })
    }
  })

  test.each([
    ['', 'there is no query'],
    ['query={__typename}&query={__typename}', '"query" is given more than once'],
    ['query={__typename}&variables={', 'variables is not JSON'],
    ['query={__typename}&variables=7', 'variables is not an object'],
    ['query={__typename}&extensions=null&block=7', '"block" is no parameter'],
  ])('GET ?%s: %s', async (search, problem) => {
    expect(await refusal(await fetch(`${served.url}?${search}`))).toMatchObject({
      status: 400,
      code: 'E5060',
      facts: { problem },
    })
  })

  test('a form is no request', async () => {
    const answer = await post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(answer.status).toBe(415)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'E5034' })
  })

  test('a body that is too large is said to be by how much', async () => {
    const body = JSON.stringify({ query: `{ __typename } # ${'x'.repeat(200_000)}` })
    expect(await refusal(await post(body))).toMatchObject({
      status: 413,
      code: 'E5063',
      facts: { limit: 'bytes', most: 200_000, found: body.length },
    })
  })
})

describe('an operation that is not served', () => {
  test('a mutation over GET is 405, whatever is accepted', async () => {
    for (const accept of [JSON_TYPE, GRAPHQL]) {
      const answer = await get({ query: 'mutation { burn }' }, { accept })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
      expect((await refusal(answer)).message).toContain('not mutation operations')
    }
  })

  test.each([
    ['mutation { burn }', 'the schema has no mutation type'],
    ['mutation { __typename }', 'the schema has no mutation type'],
  ])('%s over POST says that there are none', async (query, mend) => {
    const answer = await post(JSON.stringify({ query }), { accept: GRAPHQL })
    const { errors } = (await answer.json()) as { errors: { extensions: { mend: string } }[] }
    expect([answer.status, errors]).toMatchObject([400, [{ extensions: { code: 'E5062' } }]])
    expect(errors[0]?.extensions.mend).toContain(mend)
  })

  test('a query beside a mutation is answered, if it is the one that is asked for', async () => {
    const query = 'query Read { __typename } mutation Write { __typename }'
    const read = await get({ query, operationName: 'Read' })
    expect([read.status, await read.json()]).toEqual([200, { data: { __typename: 'Query' } }])
    expect((await get({ query, operationName: 'Write' })).status).toBe(405)
    const none = await post(JSON.stringify({ query, operationName: 'Other' }), { accept: GRAPHQL })
    expect([none.status, (await refusal(none)).message]).toEqual([400, 'Unknown operation named "Other".'])
  })

  test.each(['DELETE', 'PUT', 'PATCH'])('%s is 405', async (method) => {
    const answer = await fetch(served.url, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toContain('POST')
  })
})

test('an error in a document is a status for some and an answer for all', async () => {
  const statuses = async (query: string, variables = {}) =>
    Promise.all(
      [GRAPHQL, JSON_TYPE].map(async (accept) => {
        const answer = await post(JSON.stringify({ query, variables }), { accept })
        const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] }
        return [answer.status, errors[0]?.extensions.code]
      }),
    )
  expect(await statuses('{')).toEqual([
    [400, 'GRAPHQL_PARSE_FAILED'],
    [200, 'GRAPHQL_PARSE_FAILED'],
  ])
  expect(await statuses('{ nothing }')).toEqual([
    [400, 'GRAPHQL_VALIDATION_FAILED'],
    [200, 'GRAPHQL_VALIDATION_FAILED'],
  ])
  expect(await statuses('query ($n: Int!) { asOf(block: { number: $n }) { block } }', { n: 'x' })).toEqual([
    [400, 'BAD_USER_INPUT'],
    [200, 'BAD_USER_INPUT'],
  ])
})

test('nothing of this was a failure', () => {
  expect(served.reported).toEqual([])
})
