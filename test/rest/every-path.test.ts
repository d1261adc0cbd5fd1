import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataDictionary } from '../../src/core/figures'
import { INVARIANTS } from '../../src/core/invariants'
import { UNKNOWN_REASONS } from '../../src/core/known'
import { formatUnits } from '../../src/core/units'
import { setDeployment, setHead, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'
import { FIRST, fillLivedEconomy, fillReconciliations, GREW, HEAD, LIVED, STAKER } from './lived-economy'

let tables: TestTables
let api: TestApi

beforeAll(async () => {
  tables = await createTables()
  await fillLivedEconomy(tables)
  await fillReconciliations(tables)
  api = await createTestApi(tables.url, LIVED)
  api.now = timeOf(HEAD) + 3
})
afterAll(async () => {
  await api.close()
  await tables.drop()
})

/** Paths that show figures of the dictionary at a block. */
const FIGURE_PATHS = [
  '/api/treasury',
  '/api/supply',
  '/api/staking',
  '/api/buyback',
  '/api/price',
  '/api/usage',
  '/api/policy',
  '/api/windows',
  '/api/series?interval=day',
  `/api/accounts/${STAKER}`,
]
const AS_OF_PATHS = [...FIGURE_PATHS, '/api/invariants', '/api/supply/total']
const JSON_PATHS = [...FIGURE_PATHS, '/api/invariants', '/api/reconciliation', '/api/figures']

const and = (path: string, parameter: string) => `${path}${path.includes('?') ? '&' : '?'}${parameter}`

/** Every key and value at any depth. */
function leaves(value: unknown, visit: (key: string, value: unknown, holder: object) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    visit(key, each, value)
    leaves(each, visit)
  }
}

/** What is put before the names of a group's figures where groups stand together. */
const PREFIXES = ['treasury', 'treasuryOutflow', 'outflow', 'buyback', 'price', 'policyBurn', 'policyRewards']
const LEGS = ['burn', 'rewards']

/** The figures that a printed key can mean. */
function figuresOf(key: string) {
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  return dataDictionary().filter(({ name }) =>
    ['', ...PREFIXES, ...LEGS].some((prefix) => key === (prefix ? `${prefix}${capital(name)}` : name)),
  )
}

const NUMBERS = ['count', 'block', 'seconds', 'basisPoints']
/** Numbers that are no figures. */
const WHOLE = ['block', 'lagSeconds', 'closingBlock', 'fromBlock', 'broken', 'equal', 'different', 'gaps']
const DECIMALS = ['tokenDecimals', 'stableDecimals', 'rewardDecimals']

describe.each(JSON_PATHS)('%s', (path) => {
  test('holds no amount as a JSON number', async () => {
    const wrong: string[] = []
    const reply = await api.app.inject(path)
    expect(reply.statusCode, reply.body).toBe(200)
    const { asOf: _, ...body } = reply.json()
    leaves(body, (key, value) => {
      if (typeof value !== 'number') return
      const isWhole = [...WHOLE, ...DECIMALS].includes(key)
      const figures = figuresOf(key)
      const isCount = figures.length > 0 && figures.every(({ unit }) => NUMBERS.includes(unit))
      if (!Number.isSafeInteger(value) || !(isWhole || isCount)) wrong.push(`${key}: ${value}`)
    })
    expect(wrong).toEqual([])
  })

  test('spells every amount twice, both exactly', async () => {
    leaves((await api.app.inject(path)).json(), (key, decimal, holder) => {
      if (!key.endsWith('Decimal')) return
      const base: unknown = (holder as Record<string, unknown>)[key.slice(0, -'Decimal'.length)]
      // A figure that only another release compares has no decimals here.
      if ('figure' in holder && holder.figure === 'unheard') return
      if (decimal === null) return expect(base).toBeNull()
      expect(base).toMatch(/^(0|-?[1-9]\d*)$/)
      const spellings = [0, 6, 18].map((decimals) => formatUnits(BigInt(String(base)), decimals))
      expect(spellings).toContain(decimal)
    })
  })
})

describe.each(FIGURE_PATHS)('%s', (path) => {
  test('prints nothing that the dictionary does not define', async () => {
    const frame = [...WHOLE, ...DECIMALS, 'tokenSymbol', 'stableSymbol', 'rewardSymbol', 'partial', 'unknown']
    const places = [
      'address',
      'label',
      'name',
      'from',
      'to',
      'start',
      'end',
      'interval',
      'isOpen',
      'hasEvents',
    ]
    const nested = ['windows', 'points', 'change', 'excludedWallets', 'isEstimate', 'projectionAssumption']
    const unexplained = new Set<string>()
    const { asOf: _, ...body } = (await api.app.inject(path)).json()
    leaves(body, (key) => {
      if (/^\d+$/.test(key) || [...frame, ...places, ...nested].includes(key)) return
      if (figuresOf(key.replace(/Decimal$/, '')).length === 0) unexplained.add(key)
    })
    expect([...unexplained]).toEqual([])
  })

  test('gives a reason for every null, and for nothing else', async () => {
    for (const block of [FIRST, GREW, HEAD]) {
      const { asOf: _, ...body } = (await api.app.inject(and(path, `block=${block}`))).json()
      let holders = 0
      const check = (holder: object) => {
        if (!('unknown' in holder)) return
        holders += 1
        const { unknown, ...values } = holder
        const nulls = Object.entries(values).flatMap(([key, value]) => (value === null ? [key] : []))
        expect(Object.keys(unknown as object).sort()).toEqual(
          nulls.filter((key) => !key.endsWith('Decimal')).sort(),
        )
        for (const reason of Object.values(unknown as object)) expect(UNKNOWN_REASONS).toHaveProperty(reason)
      }
      check(body)
      leaves(body, (_key, value) => {
        if (typeof value === 'object' && value !== null) check(value)
      })
      expect(holders).toBeGreaterThan(0)
    }
  })
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
    await setHead(tables, HEAD + 1)
    expect((await api.app.inject({ url: path, headers })).statusCode).toBe(200)
    await setHead(tables, HEAD)
  })

  test('may be kept forever where it is settled', async () => {
    const settled = await api.app.inject(and(path, `block=${GREW}`))
    expect(settled.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    await setHead(tables, HEAD + 7)
    expect((await api.app.inject(and(path, `block=${GREW}`))).body).toBe(settled.body)
    await setHead(tables, HEAD)
  })

  test('is refused where the head is stale, but not at a block', async () => {
    api.now = timeOf(HEAD) + 61
    expect((await api.app.inject(path)).json()).toMatchObject({ code: 'E5003' })
    expect((await api.app.inject(and(path, `block=${GREW}`))).statusCode).toBe(200)
    api.now = timeOf(HEAD) + 3
  })
})

test('rules that are only applied when reading make another answer', async () => {
  const creditPrice = LIVED.policy.creditPrice * 2n
  const other = await createTestApi(tables.url, { ...LIVED, policy: { ...LIVED.policy, creditPrice } })
  other.now = api.now
  const [one, two] = [await api.app.inject('/api/usage'), await other.app.inject('/api/usage')]
  expect([one.json().creditsLow, two.json().creditsLow]).toEqual(['500000', '250000'])
  expect(one.headers.etag).not.toBe(two.headers.etag)
  await other.close()
})

test('over partial history, what needs all of it is null with that reason', async () => {
  const policy = { ...LIVED.policy, partial: { token: true, staking: true, stable: true } }
  const economy = { ...LIVED, policy }
  await setDeployment(tables, ['token', 'staking', 'stable'], economy)
  const other = await createTestApi(tables.url, economy)
  other.now = api.now
  const whole = dataDictionary().filter(({ needsWholeHistory }) => needsWholeHistory === true)
  const nulls = new Set<string>()
  for (const path of FIGURE_PATHS) {
    const body = (await other.app.inject(path)).json()
    expect(body).toMatchObject({ partial: path !== '/api/price' })
    leaves(body, (key, value, holder) => {
      const figures = figuresOf(key)
      const mustBeNull = figures.length > 0 && figures.every(({ needsWholeHistory }) => needsWholeHistory)
      if (!mustBeNull) return
      for (const { name, group } of figures) nulls.add(`${group}.${name}`)
      if ('unknown' in holder && !Object.values(holder.unknown as object).includes('WINDOW_NOT_COVERED')) {
        expect({ [key]: value, unknown: holder.unknown }).toMatchObject({
          [key]: null,
          unknown: { [key]: 'HISTORY_PARTIAL' },
        })
      }
    })
  }
  expect([...nulls].sort()).toEqual(
    expect.arrayContaining(whole.map(({ group, name }) => `${group}.${name}`)),
  )
  await other.close()
  await setDeployment(tables, [], LIVED)
})

test('/api/figures is the dictionary, with every reason and every invariant', async () => {
  const reply = await api.app.inject('/api/figures')
  const { figures, unknownReasons, invariants } = reply.json()
  expect(figures).toEqual(
    dataDictionary().map(({ group, name, unit, definition, source, dependsOn, column = null }) => ({
      group,
      name,
      unit,
      definition,
      source,
      dependsOn,
      column,
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
