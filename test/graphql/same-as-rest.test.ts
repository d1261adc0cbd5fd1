import type { GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { BOUGHT, createLivedApi, FIRST, GREW, HEAD, LIVED, STAKED, STAKER } from '../support/lived-economy'
import { hashOf, timeOf } from '../support/small-economy'
import { addGraphql, Facts, type Flat, flatRest, introspect, postGraphql, selectionOf } from './flat-answers'
import { createSlowApi } from './slow-api'
import * as slow from './slow-economy'

/** A path of REST, and the root fields of GraphQL that say the same. */
interface Question {
  readonly path: string
  /** The group of the path: its word is left out of its names. */
  readonly own: string
  /** Fields that say nothing that the path does not. */
  readonly fields: readonly string[]
  /** Fields that the path repeats some figures of. */
  readonly also?: readonly string[]
  /** Arguments besides the block. */
  readonly argument?: string
  /** What only REST says. */
  readonly onlyRest?: readonly string[]
  /** What only GraphQL says. */
  readonly onlyGraphql?: readonly string[]
}

/** An amount, in both spellings. */
const both = (...names: readonly string[]) => names.flatMap((name) => [name, `${name}Decimal`])
const LEG = ['Bps', ...both('Allocated', 'Executed', 'Backlog'), 'Deviation']

/** Of a bucket REST shows neither usage nor the rule at its end, and no rate of a year, no projection and no bounds. */
const ONLY_IN_A_SERIES_OF_GRAPHQL = [
  ...[...both('GrossRevenueLow', 'GrossRevenueHigh'), 'CreditsLow', 'CreditsHigh', 'IsEstimate'].map(
    (name) => `points.usage${name}`,
  ),
  ...LEG.flatMap((name) => [`points.policyBurn${name}`, `points.policyRewards${name}`]),
  ...[
    ...both('burnedPerYear', 'revenuePerYear', 'rewardsFundedPerYear', 'rewardsPaidPerYear'),
    ...both('buybackSpentPerYear'),
    ...both('projectedSupply1y', 'projectedSupply5y', 'projectedSupply10y'),
    ...['from', 'to', 'projectionAssumption'],
  ].map((name) => `points.change.${name}`),
]

/**
 * How an amount is to be shown: GraphQL says the symbol of each and needs no decimals, REST says both once of an asset.
 * Where both say a symbol, it is the same.
 */
const SHOWING = /(Decimals|Symbol)$/

const QUESTIONS: readonly Question[] = [
  {
    path: '/api/treasury',
    own: 'treasury',
    fields: ['treasury'],
    also: ['supply', 'staking', 'buyback', 'policy'],
  },
  { path: '/api/supply', own: 'supply', fields: ['supply', 'excludedWallets'], also: ['staking'] },
  { path: '/api/staking', own: 'staking', fields: ['staking'] },
  { path: '/api/buyback', own: 'buyback', fields: ['buyback'] },
  { path: '/api/price', own: 'price', fields: ['price'] },
  { path: '/api/usage', own: 'usage', fields: ['usage'] },
  { path: '/api/policy', own: 'policy', fields: ['policy'], also: ['windows'] },
  { path: '/api/windows', own: '', fields: ['windows'] },
  ...['hour', 'day', 'week', 'month'].map((interval) => ({
    path: `/api/series?interval=${interval}`,
    own: '',
    fields: ['series'],
    argument: `interval: ${interval}`,
    onlyRest: ['interval', 'partial'],
    onlyGraphql: ONLY_IN_A_SERIES_OF_GRAPHQL,
  })),
  {
    path: `/api/accounts/${STAKER}`,
    own: 'account',
    fields: ['accountFigures'],
    argument: `address: "${STAKER}"`,
  },
  {
    path: '/api/invariants',
    own: '',
    fields: ['invariants'],
    onlyRest: ['broken', 'partial', 'invariants.unit'],
    // REST says all explanations at /api/figures.
    onlyGraphql: ['invariants.explanation'],
  },
]

/** When, as each of both is asked; the newest block where it is left out. */
interface Instant {
  readonly name: string
  readonly rest?: string
  readonly graphql?: string
}

const block = (name: string, number: number): Instant => ({
  name,
  rest: `block=${number}`,
  graphql: `number: ${number}`,
})
const time = (name: string, seconds: number): Instant => ({
  name,
  rest: `at=${seconds}`,
  graphql: `timestamp: ${seconds}`,
})

function livedInstants(): Instant[] {
  return [
    { name: 'the newest block' },
    block('the newest block by its number', HEAD),
    block('the first block', FIRST),
    block('a block in the middle', BOUGHT),
    { name: 'a block by its hash', rest: `block=${hashOf(GREW)}`, graphql: `hash: "${hashOf(GREW)}"` },
    block('an empty block', STAKED + 7),
    time('an instant between two blocks', timeOf(GREW) - 1),
    time('the time of the newest block', timeOf(HEAD)),
  ]
}

function slowInstants(): Instant[] {
  return [
    { name: 'the newest block' },
    block('the first block', slow.GENESIS_BLOCK),
    block('a block in the middle', slow.EARNED),
    block('an empty block', slow.MINTED - 1),
    time('an instant between two blocks', timeOf(slow.BOUGHT) + 86_405),
  ]
}

const partialHistory = { token: true, staking: true, stable: true }
const ECONOMIES: [name: string, create: () => Promise<FilledApi>, instants: readonly Instant[]][] = [
  ['a lived economy', () => createLivedApi(), livedInstants()],
  [
    'an economy of partial history',
    () => createLivedApi({ ...LIVED, policy: { ...LIVED.policy, partial: partialHistory } }),
    livedInstants(),
  ],
  ['a slow economy', () => createSlowApi(), slowInstants()],
]

describe.each(ECONOMIES)('of %s', (_, create, instants) => {
  let filled: FilledApi
  let schema: GraphQLSchema

  beforeAll(async () => {
    filled = await create()
    schema = await introspect(filled.api)
  })
  afterAll(() => filled.close())

  async function graphqlSays(question: Question, fields: readonly string[], when: Instant): Promise<Flat> {
    const facts = new Facts()
    for (const field of fields) {
      const block = when.graphql === undefined ? [] : [`block: {${when.graphql}}`]
      const own =
        question.argument !== undefined && question.fields.includes(field) ? [question.argument] : []
      const list = [...own, ...block]
      const given = list.length > 0 ? `(${list.join(', ')})` : ''
      const { data, errors, extensions } = await postGraphql(
        filled.api,
        `{ ${field}${given} ${selectionOf(schema, field)} }`,
      )
      expect(errors).toBeUndefined()
      addGraphql(facts, question.own, field, data[field])
      addGraphql(facts, question.own, '', { asOf: extensions.asOf })
    }
    return facts.all
  }

  async function restSays({ path }: Question, when: Instant): Promise<Flat> {
    const separator = path.includes('?') ? '&' : '?'
    const reply = await filled.api.app.inject(when.rest ? `${path}${separator}${when.rest}` : path)
    expect(reply.statusCode, reply.body).toBe(200)
    return flatRest(reply.json())
  }

  describe.each(instants)('at $name', (when) => {
    describe.each(QUESTIONS)('answers of $path', (question) => {
      test('are the same in GraphQL and REST', async () => {
        const { fields, also = [], onlyRest = [], onlyGraphql = [] } = question
        const rest = await restSays(question, when)
        const own = await graphqlSays(question, fields, when)
        const all = also.length === 0 ? own : await graphqlSays(question, [...fields, ...also], when)
        const shared = [...rest.keys()].filter((name) => all.has(name))
        expect(shared.length).toBeGreaterThan(10)
        expect(pick(all, shared)).toEqual(pick(rest, shared))
        expect(onlyIn(rest, all)).toEqual([...onlyRest].sort())
        expect(onlyIn(own, rest)).toEqual([...onlyGraphql].sort())
      })
    })
  })
})

function pick(facts: Flat, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, facts.get(name)]))
}

/** What is said here and not there, whichever element of a list it is said of. */
function onlyIn(here: Flat, there: Flat): string[] {
  const names = [...here.keys()].filter((name) => !(there.has(name) || SHOWING.test(name)))
  const places = names.map((name) => name.replace(/^(points|invariants)\.[^.]+\./, '$1.'))
  return [...new Set(places.map((name) => name.replace('unknown.', '')))].sort()
}
