import { type FragmentDefinitionNode, Kind, parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Economy } from '../../src/core/economy'
import { FIGURES } from '../../src/core/figures'
import type { Figure } from '../../src/core/figures/figure'
import type { Moment } from '../../src/core/figures/moment'
import { closingColumns } from '../../src/graphql/closing-columns'
import { undecodedEconomy } from '../../src/read/economy-at'
import { createSlowApi, type SlowApi } from './slow-api'
import { SLOW_ECONOMY } from './slow-economy'

let api: SlowApi

beforeAll(async () => {
  api = await createSlowApi()
})
afterAll(() => api.close())

const GROUPS = ['supply', 'treasury', 'treasury.outflow', 'staking', 'buyback', 'price'] as const
const STORED = GROUPS.flatMap((group) =>
  Object.entries<Figure<Moment>>(FIGURES[group]).flatMap(([name, figure]) =>
    figure.column === undefined ? [] : [[`${group}.${name}`, figure, figure.column] as const],
  ),
)

test.each(STORED)('%s is read from its column alone', (_, { value }, column) => {
  const looked: unknown[] = []
  const economy = new Proxy({} as Economy, {
    get: (_target, name) => {
      looked.push(name)
      return 1n
    },
  })
  value({ economy, policy: SLOW_ECONOMY.policy })
  expect(new Set(looked)).toEqual(new Set([column]))
})

test('a figure whose column was not read is refused, not made up', () => {
  const economy = undecodedEconomy({ staked: '5' })
  expect(economy.staked).toBe(5n)
  for (const column of ['totalSupply', 'price', 'burnMode', 'holders', 'priceBlock', 'stakeEvent'] as const) {
    expect(() => economy[column]).toThrow(TypeError)
  }
})

const columnsOf = (fields: string) => {
  const [operation, ...others] = parse(
    `{ series { ${fields.replace('|', '} }')}${fields.includes('|') ? '' : '} }'}`,
  ).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError('no operation')
  const fieldNodes = operation.selectionSet.selections.filter(({ kind }) => kind === Kind.FIELD)
  const fragments = others as readonly FragmentDefinitionNode[]
  return closingColumns({
    fieldNodes: fieldNodes as never,
    fragments: Object.fromEntries(fragments.map((node) => [node.name.value, node])),
  })
}

test.each<[string, readonly string[] | undefined]>([
  ['start end', []],
  ['start closing { __typename supply { __typename totalSupply { decimal } } }', ['totalSupply']],
  [
    'closing { ...on Closing { treasury { revenue { decimal } outflow { other { decimal } } } } }',
    ['treasuryRevenue', 'treasuryOutflowOther'],
  ],
  ['a: closing { staking { staked { decimal } } } b: closing { price { block } }', ['staked', 'priceBlock']],
  ['closing { ...all } | fragment all on Closing { buyback { paid { decimal } } }', ['buybackPaid']],
  ['closing { staking { stakingRatio } }', undefined],
  ['closing { supply { unknown { figure } } }', undefined],
  ['closing { usage { creditsLow } }', undefined],
  ['closing { policy { burn { bps } } }', undefined],
  ['closing { supply { holders } } change { transfers }', undefined],
])('{ %s } needs %j', (fields, columns) => {
  expect(columnsOf(fields)).toEqual(columns)
})

const AMOUNTS = '{ baseUnits decimal symbol }'
const CLOSING = `start end isOpen hasEvents closingBlock closing {
  supply { totalSupply ${AMOUNTS} cumulativeBurn ${AMOUNTS} holders genesisBlock burnMode }
  treasury { balance ${AMOUNTS} outflow { rewards ${AMOUNTS} } }
  staking { staked ${AMOUNTS} rewardsPaid ${AMOUNTS} }
  price { price source block }
}`

test.each(['hour', 'day', 'week', 'month'])(
  'every %s closes the same, whatever else is asked',
  async (interval) => {
    const range = `interval: ${interval}, from: "2023-11-20"`
    const alone = await api.ask(`{ series(${range}) { ${CLOSING} } }`)
    const beside = await api.ask(`{ series(${range}) { ${CLOSING} change { transfers } } }`)
    expect(beside.series.length).toBeGreaterThan(0)
    expect(alone.series).toEqual(beside.series.map(({ change: _, ...point }: { change: unknown }) => point))
  },
)
