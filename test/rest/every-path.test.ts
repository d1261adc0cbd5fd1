import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { EconomyFile } from '../../src/config/economy-file'
import { dataDictionary, type FigureEntry, sqlColumn } from '../../src/core/figures'
import { INVARIANTS, type InvariantName } from '../../src/core/invariants'
import { UNKNOWN_REASONS } from '../../src/core/known'
import { unitOfReconciled } from '../../src/core/reconciliation'
import { formatUnits } from '../../src/core/units'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, FIRST, fillReconciliations, GREW, HEAD, LIVED } from '../support/lived-economy'
import { setHead, timeOf } from '../support/small-economy'
import { createTestApi, type TestApi } from '../support/test-api'
import { frameOf, objectsAt, SHOWN } from './shown-figures'

/** Rewards in the token instead of the stable asset: a reward that is spelled with the wrong decimals shows. */
const REWARDED_IN_TOKENS: EconomyFile = {
  ...LIVED,
  contracts: { ...LIVED.contracts, staking: { ...LIVED.contracts.staking, rewardToken: 'token' } },
  policy: { ...LIVED.policy, rewardToken: 'token', decimals: { token: 18, stable: 6, reward: 18 } },
}

let filled: FilledApi
let rewardedInTokens: FilledApi
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  rewardedInTokens = await createLivedApi(REWARDED_IN_TOKENS)
  api = filled.api
  await fillReconciliations(filled.tables)
})
afterEach(() => filled.restore())
afterAll(async () => {
  await filled.close()
  await rewardedInTokens.close()
})

/** Paths that show figures of the dictionary at a block. */
const FIGURE_PATHS = Object.keys(SHOWN)
const AS_OF_PATHS = [...FIGURE_PATHS, '/api/invariants', '/api/supply/total']
const JSON_PATHS = [...FIGURE_PATHS, '/api/invariants', '/api/reconciliation', '/api/figures']

const and = (path: string, parameter: string) => `${path}${path.includes('?') ? '&' : '?'}${parameter}`

async function answer(path: string, from = api): Promise<object> {
  const reply = await from.app.inject(path)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

/** Every key and value at any depth. */
function leaves(value: unknown, visit: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    visit(key, each)
    leaves(each, visit)
  }
}

const NUMBERS: readonly FigureEntry['unit'][] = ['count', 'block', 'seconds', 'basisPoints']
/** Numbers that are no figures. */
const PLAIN_NUMBERS = [
  ...['block', 'lagSeconds', 'closingBlock', 'fromBlock', 'broken', 'equal', 'different', 'gaps'],
  ...['tokenDecimals', 'stableDecimals', 'rewardDecimals'],
]

describe.each(JSON_PATHS)('%s', (path) => {
  test('holds no amount as a JSON number', async () => {
    const wrong: string[] = []
    leaves(await answer(path), (key, value) => {
      if (typeof value !== 'number') return
      const figures = (SHOWN[path] ?? []).flatMap((place) => place.figures.get(key) ?? [])
      const isCount = figures.length > 0 && figures.every(({ unit }) => NUMBERS.includes(unit))
      if (!Number.isSafeInteger(value) || !(isCount || PLAIN_NUMBERS.includes(key))) wrong.push(key)
    })
    expect(wrong).toEqual([])
  })
})

type Spellings = Readonly<Record<string, unknown>>

/** Both spellings of an amount, which has these decimals. */
function expectBoth(holder: Spellings, key: string, decimals: number): void {
  const base = holder[key]
  if (base !== null) expect(base, key).toMatch(/^(0|-?[1-9]\d*)$/)
  const decimal = base === null ? null : formatUnits(BigInt(String(base)), decimals)
  expect([key, holder[`${key}Decimal`]]).toEqual([key, decimal])
}

function expectSpelled(holder: Spellings, key: string, { unit }: FigureEntry, economy: EconomyFile): void {
  const value = holder[key]
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      expectBoth(holder, key, economy.policy.decimals[unit])
      return
    case 'price':
    case 'ratio':
    case 'rewardPerToken':
      if (value !== null) expect(value, key).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,17}[1-9])?$/)
      break
    case 'credits':
      if (value !== null) expect(value, key).toMatch(/^(0|[1-9]\d*)$/)
      break
    case 'text':
      if (value !== null) expect(value, key).toMatch(/^[A-Z_]+$/)
      break
    default:
      if (value !== null) expect(value, key).toBeTypeOf('number')
  }
  expect(holder).not.toHaveProperty(`${key}Decimal`)
}

describe.each(FIGURE_PATHS)('%s', (path) => {
  const places = SHOWN[path] ?? []

  test('names each figure in the one way that it has there, and has nothing else', async () => {
    const body = await answer(path)
    for (const { way, figures, plain } of places) {
      const names = [...figures].flatMap(([key, { unit }]) =>
        ['token', 'stable', 'reward'].includes(unit) ? [key, `${key}Decimal`] : [key],
      )
      const keys = [...names, ...plain, ...(way.length === 0 ? frameOf(path) : [])].sort()
      const objects = objectsAt(body, way)
      expect(objects.length).toBeGreaterThan(0)
      for (const object of objects) expect(Object.keys(object).sort()).toEqual(keys)
    }
  })

  test('spells every amount twice, both exactly, in the decimals of its asset', async () => {
    for (const [economy, from] of [
      [LIVED, api],
      [REWARDED_IN_TOKENS, rewardedInTokens.api],
    ] as const) {
      const body = await answer(path, from)
      for (const { way, figures } of places) {
        for (const object of objectsAt(body, way)) {
          for (const [key, figure] of figures) expectSpelled(object, key, figure, economy)
        }
      }
    }
  })

  test('gives a reason for every null, and for nothing else', async () => {
    for (const block of [FIRST, GREW, HEAD]) {
      const body = await answer(and(path, `block=${block}`))
      for (const { way, figures, plain } of places.filter(({ plain }) => plain.includes('unknown'))) {
        for (const object of objectsAt(body, way)) {
          const nulls = [...figures.keys()].filter((key) => object[key] === null)
          expect(Object.keys(object.unknown as object).sort(), plain.join()).toEqual(nulls.sort())
          for (const reason of Object.values(object.unknown as object)) {
            expect(UNKNOWN_REASONS).toHaveProperty(reason)
          }
        }
      }
    }
  })
})

test('/api/invariants spells both sides in the unit of the invariant', async () => {
  const decimals = { ...LIVED.policy.decimals, count: 0 }
  for (const invariant of objectsAt(await answer('/api/invariants'), ['invariants'])) {
    const { unit } = INVARIANTS[invariant.name as InvariantName]
    const broken = invariant.firstBroken as Spellings | null
    for (const sides of broken === null ? [invariant] : [invariant, broken]) {
      for (const side of ['left', 'right']) expectBoth(sides, side, decimals[unit])
    }
  }
})

test('/api/reconciliation spells both sides in the unit of the figure', async () => {
  const body = await answer('/api/reconciliation')
  const compared = [
    ...objectsAt(body, ['reconciliations', 'checks']),
    ...objectsAt(body, ['reconciliations', 'standing']),
  ]
  expect(compared.length).toBeGreaterThan(5)
  for (const each of compared) {
    const unit = unitOfReconciled(String(each.figure))
    // A figure that only another release compares has no decimals here.
    if (unit === undefined) expect(each).toMatchObject({ derivedDecimal: null, onChainDecimal: null })
    else for (const side of ['derived', 'onChain']) expectBoth(each, side, LIVED.policy.decimals[unit])
  }
})

describe.each(AS_OF_PATHS)('%s', (path) => {
  test('refuses what it does not know', async () => {
    const reply = await api.app.inject(and(path, 'blok=1'))
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'E5030', facts: { problems: ['blok is unknown'] } })
  })

  test('has validators, and 304 until there is a new block', async () => {
    const full = await api.app.inject(path)
    expect(full.headers['cache-control']).toBe('public, max-age=2, stale-while-revalidate=10')
    expect(full.headers).toMatchObject({ 'as-of-block': String(HEAD), 'access-control-allow-origin': '*' })
    const headers = { 'if-none-match': String(full.headers.etag) }
    const same = await api.app.inject({ url: path, headers })
    expect([same.statusCode, same.body]).toEqual([304, ''])
    await setHead(filled.tables, HEAD + 1)
    expect((await api.app.inject({ url: path, headers })).statusCode).toBe(200)
  })

  test('may be kept for a day where it is settled, and stays the same', async () => {
    const settled = await api.app.inject(and(path, `block=${GREW}`))
    expect(settled.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    await setHead(filled.tables, HEAD + 7)
    expect((await api.app.inject(and(path, `block=${GREW}`))).body).toBe(settled.body)
  })

  test('is refused where the head is stale, but not at a block', async () => {
    api.now = timeOf(HEAD) + 61
    expect((await api.app.inject(path)).json()).toMatchObject({ code: 'E5003' })
    expect((await api.app.inject(and(path, `block=${GREW}`))).statusCode).toBe(200)
  })
})

test('rules that are only applied when reading make another answer', async () => {
  const creditPrice = LIVED.policy.creditPrice * 2n
  const other = await createTestApi(filled.tables.url, { ...LIVED, policy: { ...LIVED.policy, creditPrice } })
  onTestFinished(other.close)
  other.now = api.now
  const [one, two] = [await api.app.inject('/api/usage'), await other.app.inject('/api/usage')]
  expect([one.json().creditsLow, two.json().creditsLow]).toEqual(['500000', '250000'])
  expect(one.headers.etag).not.toBe(two.headers.etag)
})

test('over partial history, what needs all of it is null with that reason', async () => {
  const policy = { ...LIVED.policy, partial: { token: true, staking: true, stable: true } }
  const partial = await createLivedApi({ ...LIVED, policy })
  onTestFinished(partial.close)
  const seen = new Set<string>()
  for (const [path, places] of Object.entries(SHOWN)) {
    const body = await answer(path, partial.api)
    expect(body).toMatchObject({ partial: path !== '/api/price' })
    for (const { way, figures } of places) {
      for (const [key, { group, name, needsWholeHistory, dependsOn }] of figures) {
        if (needsWholeHistory !== true || dependsOn.length === 0) continue
        seen.add(`${group}.${name}`)
        for (const object of objectsAt(body, way)) {
          const isCovered = !['d7', 'd30', 'd365'].includes(String(object.name))
          expect({ path, [key]: object[key], unknown: object.unknown }).toMatchObject({
            path,
            [key]: null,
            unknown: { [key]: isCovered ? 'HISTORY_PARTIAL' : 'WINDOW_NOT_COVERED' },
          })
        }
      }
    }
  }
  const whole = dataDictionary().filter(({ needsWholeHistory }) => needsWholeHistory === true)
  expect([...seen].sort()).toEqual(whole.map(({ group, name }) => `${group}.${name}`).sort())
})

test('/api/figures is the dictionary, with every reason and every invariant', async () => {
  const reply = await api.app.inject('/api/figures')
  const { figures, unknownReasons, invariants } = reply.json()
  expect(figures).toEqual(
    dataDictionary().map(({ column, ...entry }) => ({
      needsWholeHistory: false,
      ...entry,
      column: column === undefined ? null : sqlColumn(column),
    })),
  )
  expect(unknownReasons).toEqual(
    Object.entries(UNKNOWN_REASONS).map(([name, meaning]) => ({ name, meaning })),
  )
  expect(invariants).toMatchObject(Object.entries(INVARIANTS).map(([name, { claim }]) => ({ name, claim })))
  const headers = { 'if-none-match': String(reply.headers.etag) }
  expect((await api.app.inject({ url: '/api/figures', headers })).statusCode).toBe(304)
  expect((await api.app.inject('/api/figures?group=supply')).json()).toMatchObject({ code: 'E5030' })
})
