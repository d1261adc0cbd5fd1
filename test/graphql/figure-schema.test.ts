import { type GraphQLField, type GraphQLSchema, isNonNullType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import { dataDictionary, type FigureEntry, type FigureGroupName } from '../../src/core/figures'
import { createApiSchema } from '../../src/graphql/api-schema'

const schema: GraphQLSchema = createApiSchema()
const dictionary = dataDictionary()

/** Which figures each type serves, and its fields that are no figures. */
const TYPES: Readonly<Record<string, { groups: readonly FigureGroupName[]; plain: readonly string[] }>> = {
  Supply: { groups: ['supply'], plain: ['partial', 'asOf'] },
  Staking: { groups: ['staking'], plain: ['partial', 'asOf'] },
  Treasury: { groups: ['treasury'], plain: ['partial', 'asOf', 'outflow'] },
  TreasuryOutflow: { groups: ['treasury.outflow'], plain: [] },
  Buyback: { groups: ['buyback'], plain: ['partial', 'asOf'] },
  Price: { groups: ['price'], plain: ['partial', 'asOf'] },
  Usage: { groups: ['usage'], plain: ['partial', 'asOf', 'isEstimate'] },
  PolicyLeg: { groups: ['policy.burn', 'policy.rewards'], plain: [] },
  AccountFigures: { groups: ['account'], plain: ['partial', 'asOf', 'address'] },
  Window: {
    groups: ['window'],
    plain: ['partial', 'asOf', 'name', 'from', 'to', 'policy', 'projectionAssumption'],
  },
  BucketChange: { groups: ['window'], plain: ['from', 'to', 'policy', 'projectionAssumption'] },
  WindowPolicyLeg: { groups: ['window.policy.burn', 'window.policy.rewards'], plain: [] },
  ClosingSupply: { groups: ['supply'], plain: [] },
  ClosingStaking: { groups: ['staking'], plain: [] },
  ClosingTreasury: { groups: ['treasury'], plain: ['outflow'] },
  ClosingBuyback: { groups: ['buyback'], plain: [] },
  ClosingPrice: { groups: ['price'], plain: [] },
  ClosingUsage: { groups: ['usage'], plain: ['isEstimate'] },
}

/** Fields of Snapshot that hold no figure. */
const PLAIN_COLUMNS = [
  ...['blockNumber', 'hash', 'parentHash', 'timestamp', 'digest', 'eventCount', 'transferCount'],
  ...[
    'stakeEvent',
    'unstakeEvent',
    'stakeCount',
    'upgradeCount',
    'balanceSum',
    'stakeSum',
    'stakeSeconds',
    'unpricedStakeSeconds',
  ],
  ...['stakeValueSeconds', 'partial', 'unknown', 'id'],
]

/** What a unit looks like in GraphQL; `text` is an enum of its own for each figure. */
const GRAPHQL_TYPE: Readonly<Record<string, string>> = {
  token: 'Amount',
  stable: 'Amount',
  reward: 'Amount',
  price: 'Decimal',
  ratio: 'Decimal',
  rewardPerToken: 'Decimal',
  credits: 'BigInt',
  count: 'Int',
  block: 'Int',
  seconds: 'Int',
  basisPoints: 'Int',
  'supply.burnMode': 'BurnMode',
  'price.source': 'PriceSource',
}

const typeOf = ({ group, name, unit }: FigureEntry) =>
  GRAPHQL_TYPE[unit === 'text' ? `${group}.${name}` : unit]

function fieldsOf(name: string): Record<string, GraphQLField<unknown, unknown>> {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new TypeError(`there is no object type ${name}`)
  return type.getFields()
}

test.each(Object.entries(TYPES))('every figure of %s is served as the dictionary says', (name, type) => {
  const fields = fieldsOf(name)
  const figures = dictionary.filter(({ group }) => type.groups.includes(group))
  expect(figures.length).toBeGreaterThan(0)
  const served = Object.keys(fields).filter((field) => field !== 'unknown' && !type.plain.includes(field))
  expect(served.sort()).toEqual([...new Set(figures.map((figure) => figure.name))].sort())
  for (const figure of figures) {
    const field = fields[figure.name]
    expect(field?.description, figure.name).toContain(figure.definition)
    expect(field?.description, figure.name).toContain(figure.source)
    expect(field?.description, figure.name).toContain('Unit: ')
    expect([figure.name, String(field?.type).replace('!', '')]).toEqual([figure.name, typeOf(figure)])
    if (figure.needsWholeHistory) expect(String(field?.type), figure.name).not.toContain('!')
    const saysNull = field?.description?.includes('Null where it is unknown') ?? false
    expect([figure.name, saysNull]).toEqual([figure.name, !isNonNullType(field?.type)])
  }
  expect(String(fields.unknown?.type)).toBe('[UnknownFigure!]!')
})

test('every group of the dictionary is served by a type that a question reaches', () => {
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (reached.has(name) || !isObjectType(schema.getType(name))) return
    reached.add(name)
    for (const field of Object.values(fieldsOf(name))) visit(String(field.type).replaceAll(/[![\]]/g, ''))
  }
  visit('Query')
  const served = Object.entries(TYPES).flatMap(([name, { groups }]) => (reached.has(name) ? groups : []))
  expect([...new Set(served)].sort()).toEqual([...new Set(dictionary.map(({ group }) => group))].sort())
  const withUnknown = [...reached].filter((name) => fieldsOf(name).unknown !== undefined)
  expect(withUnknown.sort()).toEqual([...Object.keys(TYPES), 'Policy', 'Snapshot'].sort())
})

test('the revenue that the rule splits is the treasury’s', () => {
  const description = fieldsOf('Treasury').revenue?.description
  expect(description).toBeTruthy()
  expect(fieldsOf('Policy').revenue?.description).toBe(description)
})

test('every column of a snapshot that holds a figure is described by it', () => {
  const fields = fieldsOf('Snapshot')
  const columns = [...new Set(dictionary.flatMap(({ column = [] }) => column))]
  expect(Object.keys(fields).sort()).toEqual([...columns, ...PLAIN_COLUMNS].sort())
  for (const column of columns) {
    const definitions = dictionary.filter((figure) => figure.column === column)
    const { description } = fields[column] ?? {}
    expect(
      definitions.some(({ definition, source }) =>
        [definition, source].every((text) => description?.includes(text)),
      ),
      column,
    ).toBe(true)
  }
})

test('a snapshot serves every figure that is stored', () => {
  expect(Object.keys(fieldsOf('Snapshot'))).toEqual(expect.arrayContaining(Object.keys(GENESIS)))
})
