import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { LimitExceeded } from '../../src/graphql/errors'
import { checkCost, checkTokens, LIMITS, operationLimits } from '../../src/graphql/limits'
import { limitRate } from '../../src/rest/rate-limit'
import { timeOf } from '../support/small-economy'
import { type ServedGraphql, serveGraphql } from './served-graphql'

let served: ServedGraphql

beforeAll(async () => {
  served = await serveGraphql()
})
afterAll(() => served.close())

async function ask(query: string, variables: object = {}) {
  const reply = await served.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { accept: 'application/graphql-response+json' },
    payload: { query, variables },
  })
  return { status: reply.statusCode, ...reply.json() }
}

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ')

test('a number of rows that is asked by a variable is measured each time', async () => {
  const query = 'query ($first: Int) { accounts(first: $first) { id } }'
  expect((await ask(query, { first: 1 })).errors).toBeUndefined()
  const { errors } = await ask(query, { first: LIMITS.rows + 1 })
  expect(errors).toMatchObject([
    { extensions: { code: 'E5063', facts: { limit: 'rows', found: LIMITS.rows + 1 } } },
  ])
  expect((await ask(query, { first: 1 })).errors).toBeUndefined()
})

describe('a limit lets pass what reaches it, and says by how much it is exceeded', () => {
  test.each<[keyof typeof LIMITS, (size: number) => string]>([
    ['tokens', (size) => `{ x(a: [${times(size - 9, () => '1')}]) }`],
    ['depth', (size) => `{ ${times(size - 1, () => 'x {')} x ${times(size - 1, () => '}')} }`],
    ['rootAliases', (size) => `{ ${times(size, (index) => `a${index}: __typename`)} }`],
    ['aliases', (size) => `{ asOf { ${times(size, (index) => `a${index}: block`)} } }`],
    [
      'fields',
      (size) => `{ ${times(size / 100, () => '...f')} } fragment f on Query { ${times(100, () => 'x')} }`,
    ],
    [
      'rows',
      (size) => `{ ${times(size / 1000 - 1, (index) => `a${index}: burns(first: 1000) { id }`)}
      transfers(first: 999) { id } last: asOf { block } stakes(first: ${size % 1000 === 0 ? 1 : 2}) { id } }`,
    ],
  ])('%s', async (limit, query) => {
    const most = LIMITS[limit]
    const step = limit === 'fields' ? 100 : 1
    const within = await ask(query(most))
    const codes = (within.errors ?? []).map(
      ({ extensions }: { extensions: { code: string } }) => extensions.code,
    )
    expect(codes).not.toContain('E5063')
    const beyond = await ask(query(most + step))
    expect(beyond.status).toBe(400)
    expect(beyond.errors).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining(`${most + step} `),
        extensions: {
          code: 'E5063',
          facts: { limit, most, found: most + step },
          mend: expect.stringMatching(/\.$/),
        },
      }),
    )
  })

  test('values: rows by what each of them has', async () => {
    const query = (first: number) =>
      `{ ${times(10, (index) => `t${index}: transfers(first: ${first}) { ${times(60, (field) => `a${field}: id`)} }`)} }`
    const many = query(1000).replaceAll(/a\d+: /g, '')
    expect((await ask(many)).errors[0].extensions.facts).toEqual({
      limit: 'values',
      most: LIMITS.values,
      found: 600_000,
    })
  })
})

describe('rows', () => {
  const schema = buildSchema(`
    scalar DateTime
    enum SeriesInterval { hour day week month }
    type Query {
      accounts(first: Int = 100, last: Int): Accounts
      account: Account
      series(interval: SeriesInterval!, from: DateTime, to: DateTime): [Point!]!
    }
    type Accounts { edges: [Edge!]! totalCount: Int }
    type Edge { node: Account }
    interface Named { transfers(first: Int! = 100): [Transfer!]! }
    type Account implements Named { transfers(first: Int! = 100): [Transfer!]! names: [String!]! }
    type Transfer { id: ID! from: Account }
    type Point { start: DateTime }
  `)
  const NOW = 1_700_000_000

  function rowsOf(query: string, variables: Record<string, unknown> = {}): number {
    const document = parse(query)
    const [operation] = document.definitions
    if (operation?.kind !== 'OperationDefinition') throw new TypeError('no operation')
    const most = LIMITS.rows
    try {
      // Ten thousand more than are allowed, so that the refusal says how many there were.
      const padding = parse(`{ ${times(11, (index) => `p${index}: accounts(first: 1000) { totalCount }`)} }`)
      const [extra] = padding.definitions
      if (extra?.kind !== 'OperationDefinition') throw new TypeError('no operation')
      const selections = [...operation.selectionSet.selections, ...extra.selectionSet.selections]
      const padded = { ...operation, selectionSet: { ...operation.selectionSet, selections } }
      checkCost({ schema, document, operation: padded, variables }, NOW)
    } catch (error) {
      if (!(error instanceof LimitExceeded)) throw error
      expect(error.facts).toMatchObject({ limit: 'rows', most })
      return Number(error.facts.found) - 11_000
    }
    throw new RangeError('nothing was refused')
  }

  test.each<[string, string, Record<string, unknown>, number]>([
    ['are as many as a page asks for', '{ accounts(first: 7) { totalCount } }', {}, 7],
    ['are as many as a page has that does not say', '{ accounts { totalCount } }', {}, 100],
    ['are counted from the end, too', '{ accounts(first: null, last: 9) { totalCount } }', {}, 9],
    [
      'are as many as a variable says',
      'query ($n: Int) { accounts(first: $n) { totalCount } }',
      { n: 33 },
      33,
    ],
    ['… or its default', 'query ($n: Int = 5) { accounts(first: $n) { totalCount } }', {}, 5],
    ['are none for less than none', '{ accounts(first: -5) { totalCount } }', {}, 0],
    [
      'within rows are multiplied',
      '{ accounts(first: 10) { edges { node { transfers(first: 20) { from { transfers(first: 3) { id } } } } } } }',
      {},
      10 + 10 * 20 + 10 * 20 * 3,
    ],
    [
      'of a fragment count wherever it is used',
      `query { a: account { ...f } b: account { ... on Named { ...f } } }
       fragment f on Named { transfers(first: 6) { id from { ...g } } } fragment g on Account { transfers(first: 2) { id } }`,
      {},
      2 * (6 + 6 * 2),
    ],
    ['of a list that nobody can lengthen are not counted', '{ account { names } }', {}, 0],
    ['of a series are a hundred', '{ series(interval: day) { start } }', {}, 100],
    [
      'of a series are its buckets',
      `{ series(interval: day, from: ${NOW - 10 * 86_400}, to: ${NOW}) { start } }`,
      {},
      11,
    ],
    ['of an open series go on to now', `{ series(interval: hour, from: ${NOW - 7_200}) { start } }`, {}, 3],
    ['of a series are a thousand at most', '{ series(interval: hour, from: 0) { start } }', {}, 1000],
  ])('%s', (_, query, variables, rows) => {
    expect(rowsOf(query, variables)).toBe(rows)
  })

  test('are counted without expanding fragments within fragments', () => {
    const levels = 60
    const fragments = times(
      levels,
      (level) => `fragment f${level} on Query { a: account { ...g${level} } }
        fragment g${level} on Account { transfers { from { transfers { from { ...h${level} } } } } }
        fragment h${level} on Account { ${level === 0 ? 'names' : `...g${level - 1} ...g${level - 1}`} }`,
    )
    const document = parse(`{ ...f${levels - 1} } ${fragments}`)
    const begun = performance.now()
    const errors = validate(schema, document, [...operationLimits])
    const [operation] = document.definitions
    if (operation?.kind !== 'OperationDefinition') throw new TypeError('no operation')
    expect(() => checkCost({ schema, document, operation, variables: {} }, NOW)).toThrow(LimitExceeded)
    expect(performance.now() - begun).toBeLessThan(1_000)
    const limits = errors.map(({ originalError }) => (originalError as LimitExceeded).facts.limit)
    expect(limits).toEqual(['depth', 'fields'])
  })

  test('of a fragment within itself come to an end', () => {
    const document = parse('{ account { ...f } } fragment f on Account { transfers { from { ...f } } }')
    expect(validate(schema, document, [...operationLimits])).toEqual([])
  })
})

test('tokens are counted before a document is parsed, and only where there can be too many', () => {
  expect(() => checkTokens(`{ # ${'comment '.repeat(10_000)}\n x }`)).not.toThrow()
  expect(() => checkTokens(`{ ${'a '.repeat(6_000)} "`)).toThrow(/has 6001 tokens; 5000 are allowed/)
})

test('introspection is not limited by its depth', async () => {
  const query = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    inputValueDeprecation: true,
  })
  expect((await ask(query)).data.__schema.queryType.name).toBe('Query')
})

test('a series that is too long together with others is refused with variables, before it is looked up', async () => {
  const parts = times(11, (index) => `s${index}: series(interval: hour, from: $from) { start }`)
  const before = served.snapshots
  const { status, errors } = await ask(`query ($from: DateTime) { ${parts} }`, {
    from: timeOf(112) - 5_000 * 3_600,
  })
  expect([status, errors[0].extensions.facts]).toEqual([400, { limit: 'rows', most: 10_000, found: 11_000 }])
  expect(served.snapshots - before).toBe(1)
})

test('who asks too often is told so in the form of REST, and may ask again later', async () => {
  const busy = await serveGraphql((app) => limitRate(app, { perMinute: 1, sparesLoopback: false }))
  try {
    const url = `${busy.url}?query={__typename}`
    expect((await fetch(url)).status).toBe(200)
    const refused = await fetch(url, { headers: { accept: 'application/graphql-response+json' } })
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'E5064', facts: { limitPerMinute: 1 } })
  } finally {
    await busy.close()
  }
})

test('what a list holds of itself is counted, and so is a message of a subscription', () => {
  const schema = createApiSchema()
  const cost = (query: string) => () => {
    const document = parse(query)
    const [operation] = document.definitions
    if (operation?.kind !== 'OperationDefinition') throw new TypeError('no operation')
    checkCost({ schema, document, operation, variables: {} }, 0)
  }
  const checks = (count: number) =>
    `{ ${times(count, (index) => `r${index}: reconciliations(first: 100) { checks { derived { decimal } } }`)} }`
  expect(cost(checks(1))).not.toThrow()
  expect(cost(checks(2))).toThrow(LimitExceeded)
  const burns = (count: number) =>
    `subscription { newBurns { ${times(count, (index) => `s${index}: snapshot { ${times(20, (field) => `f${field}: totalSupply`)} }`)} } }`
  expect(cost(burns(20))).not.toThrow()
  expect(cost(burns(30))).toThrow(LimitExceeded)
})

test('the schema is told once in an answer', async () => {
  const schemas = (count: number) =>
    `{ ${times(count, (index) => `a${index}: __schema { types { name } }`)} }`
  expect((await ask(schemas(1))).errors).toBeUndefined()
  expect((await ask(schemas(2))).errors[0].extensions).toMatchObject({
    code: 'E5063',
    facts: { limit: 'introspections', most: 10, found: 20 },
  })
})
