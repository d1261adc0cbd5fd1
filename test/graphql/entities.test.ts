import { isEnumType, isInputObjectType, isObjectType } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { EXPOSURES } from '../../src/graphql/entity-exposure'
import { ENTITIES } from '../../src/read/entities/entities'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import { ALICE, account, BOB, HUGE, hashOf, idOf, TREASURY, timeOf } from '../support/small-economy'
import { postGraphql } from './flat-answers'

let filled: FilledApi

beforeAll(async () => {
  filled = await createSmallApi()
  const { insert } = filled.tables
  const row = { rewards_paid: 0n, first_block: 100, last_block: 110 }
  await insert('account', { id: ALICE, balance: HUGE - 7n, staked: 0n, ...row })
  await insert('account', { id: BOB, balance: 5n, staked: 3n, ...row, rewards_paid: 9n })
  await insert('price', {
    id: idOf(110, 8),
    block_number: 110,
    log_index: 8,
    timestamp: new Date(timeOf(110) * 1000),
    transaction_hash: hashOf(110),
    source: 'PAIR',
    price: 5n * 10n ** 16n,
    stable_amount: 1n,
    token_amount: 20n,
  })
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const ask = async (query: string) => {
  const { data, errors } = await postGraphql(filled.api, query)
  expect(errors).toBeUndefined()
  return data
}
const refusal = async (query: string) => (await postGraphql(filled.api, query)).errors[0].extensions

describe('every entity of schema.graphql', () => {
  const schema = createApiSchema()
  const query = schema.getQueryType()?.getFields() ?? {}

  test.each([...ENTITIES.entities.keys()])('%s is exposed, with every column', (name) => {
    const exposure = EXPOSURES.find(({ entity }) => entity.name === name)
    if (exposure === undefined) throw new RangeError(`${name} is not exposed`)
    const { entity, single, plural, connection, type } = exposure
    const object = schema.getType(type)
    if (!isObjectType(object)) throw new RangeError(`${type} is no type`)
    expect(Object.keys(object.getFields())).toEqual(expect.arrayContaining([...entity.columns.keys()]))
    expect(query[single]?.type).toBe(object)
    if (entity.onlyRow !== undefined) return
    expect(String(query[plural]?.type)).toBe(`[${type}!]!`)
    expect(String(query[connection]?.type)).toBe(`${type}Connection!`)
    const filter = schema.getType(`${type}Filter`)
    expect(isInputObjectType(filter) && Object.keys(filter.getFields())).toEqual(
      expect.arrayContaining(['AND', 'OR', 'id', 'id_in', 'id_gt']),
    )
    const order = schema.getType(`${type}OrderBy`)
    expect(isEnumType(order) && order.getValues().map((value) => value.name)).toContain('id')
    const takesBlock = query[plural]?.args.some((argument) => argument.name === 'block')
    expect(takesBlock).toBe(entity.nature === 'history')
  })

  test('is answered, each field of each row, on its own and in lists', async () => {
    for (const { entity, single, plural, connection } of EXPOSURES) {
      const type = query[single]?.type
      if (!isObjectType(type)) throw new RangeError(`${single} is no object`)
      const fields = Object.values(type.getFields()).filter(
        ({ type: field }) => !/Account|Snapshot|Reconc|Standing|Unknown/.test(String(field)),
      )
      const selection = `{ ${fields.map(({ name }) => name).join(' ')} }`
      if (entity.onlyRow !== undefined) {
        expect((await ask(`{ ${single} ${selection} }`))[single]).toMatchObject({ id: entity.onlyRow })
        continue
      }
      const data = await ask(
        `{ ${plural} ${selection} ${connection} { totalCount edges { cursor node ${selection} } asOf { block } } }`,
      )
      const rows = data[plural]
      expect(data[connection].edges.map(({ node }: { node: unknown }) => node)).toEqual(rows)
      expect(data[connection]).toMatchObject({ totalCount: rows.length, asOf: { block: 112 } })
      for (const row of rows) {
        expect((await ask(`{ ${single}(id: "${row.id}") ${selection} }`))[single]).toEqual(row)
      }
      expect((await ask(`{ ${single}(id: "${account('e')}") { id } }`))[single]).toBeNull()
    }
  })
})

test('top holders and top stakers', async () => {
  const { holders, stakers } = await ask(`{
    holders: accounts(orderBy: balance) { id balance }
    stakers: accounts(orderBy: staked, where: { staked_gt: 0 }) { id staked rewardsPaid }
  }`)
  expect(holders).toEqual([
    { id: ALICE, balance: String(HUGE - 7n) },
    { id: BOB, balance: '5' },
  ])
  expect(stakers).toEqual([{ id: BOB, staked: '3', rewardsPaid: '9' }])
})

test('rows name accounts and figures; what there is not is null', async () => {
  const { transfers, prices } = await ask(`{
    transfers(orderDirection: asc, first: 2) {
      from fromAccount { id } toAccount { balance } snapshot { blockNumber eventCount unknown { figure reason } partial }
    }
    prices { source price snapshot { blockNumber } }
  }`)
  expect(transfers).toEqual([
    {
      from: account('0'),
      fromAccount: null,
      toAccount: { balance: String(HUGE - 7n) },
      snapshot: {
        blockNumber: 100,
        eventCount: 1,
        unknown: ['genesisBlock', 'price', 'priceSource', 'priceBlock'].map((figure) => ({
          figure,
          reason: figure === 'genesisBlock' ? 'NO_MINT' : 'NO_PRICE',
        })),
        partial: [],
      },
    },
    expect.objectContaining({ from: ALICE, toAccount: { balance: '5' } }),
  ])
  expect(prices).toEqual([{ source: 'PAIR', price: '0.05', snapshot: { blockNumber: 110 } }])
})

describe('filters', () => {
  const ids = async (where: string): Promise<string[]> =>
    (await ask(`{ transfers(where: ${where}) { id } }`)).transfers.map(({ id }: { id: string }) => id)
  const [mint, sent, self, burned] = [idOf(100, 0), idOf(105, 1), idOf(105, 2), idOf(110, 3)]

  test.each([
    ['{}', [burned, self, sent, mint]],
    ['{ value_gte: "2", value_lt: "6" }', [burned, sent]],
    ['{ value: 5 }', [sent]],
    [`{ from: "${account('0')}" }`, [mint]],
    [`{ from_in: ["${ALICE}"], to_not: "${ALICE}" }`, [burned, sent]],
    [`{ OR: [{ to: "${BOB}" }, { value: "0" }] }`, [self, sent]],
    [`{ AND: [{ from: "${ALICE}" }, { OR: [{ blockNumber: 110 }, { logIndex: 1 }] }] }`, [burned, sent]],
    ['{ fromBalance: null }', [mint]],
    ['{ toBalance_not: null }', [self, sent, mint]],
    ['{ timestamp_gt: "2023-11-14T22:30:00Z", timestamp_lte: "2023-11-14T22:31:40Z" }', [burned, self, sent]],
    [`{ timestamp: ${timeOf(105)} }`, [self, sent]],
    [`{ id_gt: "${sent}" }`, [burned, self]],
    [`{ transactionHash: "${hashOf(105)}" }`, [self, sent]],
    ['{ toAccount_: { balance_lte: "5", staked_gt: 0 } }', [sent]],
    ['{ snapshot_: { holders_gte: 2 } }', [burned]],
    ['{ OR: [] }', []],
    ['{ value_in: [] }', []],
  ])('%s', async (where, expected) => {
    expect(await ids(where)).toEqual(expected)
  })

  test('of text, of enums and of prices', async () => {
    const data = await ask(`{
      sources: sourceStatus { url }
      digests: snapshots(where: { digest_contains: "00010" }) { blockNumber }
      wild: snapshots(where: { digest_contains: "%" }) { blockNumber }
      out: treasuryFlows(where: { direction: OUT }) { id }
      in: treasuryFlows(where: { direction_not_in: [OUT], purpose: REVENUE }, account: "${TREASURY}") { id }
      cheap: prices(where: { price_lte: "0.05" }) { id }
      cheaper: prices(where: { price_lt: "0.05" }) { id }
    }`)
    expect(data).toMatchObject({
      digests: [{ blockNumber: 105 }, { blockNumber: 100 }],
      wild: [],
      out: [],
      in: [{ id: idOf(105, 7) }],
      cheap: [{ id: idOf(110, 8) }],
      cheaper: [],
    })
    expect(await refusal('{ prices(where: { price: "cheap" }) { id } }')).toMatchObject({ code: 'E5040' })
  })
})

test('a connection goes forward and backward by cursors, as of any block', async () => {
  const page = async (request: string) => {
    const { transfersConnection: found } = await ask(
      `{ transfersConnection(${request}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    )
    return { ids: found.edges.map(({ node }: { node: { id: string } }) => node.id), ...found.pageInfo }
  }
  const first = await page('first: 2')
  expect(first).toMatchObject({
    ids: [idOf(110, 3), idOf(105, 2)],
    hasNextPage: true,
    hasPreviousPage: false,
  })
  const second = await page(`first: 2, after: "${first.endCursor}"`)
  expect(second).toMatchObject({
    ids: [idOf(105, 1), idOf(100, 0)],
    hasNextPage: false,
    hasPreviousPage: true,
  })
  const back = await page(`last: 1, before: "${second.startCursor}"`)
  expect(back).toMatchObject({ ids: [idOf(105, 2)], hasNextPage: true, hasPreviousPage: true })
  expect(await page('last: 1, block: { number: 109 }')).toMatchObject({ ids: [idOf(100, 0)] })
  expect(await page('first: 1, block: { number: 109 }')).toMatchObject({ ids: [idOf(105, 2)] })
  expect(
    await refusal(
      `{ transfersConnection(orderBy: value, after: "${first.endCursor}") { totalCount edges { cursor } } }`,
    ),
  ).toMatchObject({ code: 'E5020' })
})

test('what says nothing about now is told of a stale head; what does, is not', async () => {
  filled.api.now += 3600
  expect(await ask('{ reconciliations { id } sourceStatus { chainHead } }')).toMatchObject({
    sourceStatus: { chainHead: 115 },
  })
  expect(await refusal('{ accounts { id } }')).toMatchObject({ code: 'E5003' })
  expect(await ask('{ transfers(block: { number: 112 }, first: 1) { id } }')).toMatchObject({
    transfers: [{ id: idOf(110, 3) }],
  })
})

test('the statement of an account', async () => {
  const amount = '{ baseUnits decimal symbol }'
  const { statement } = await ask(`{ statement(account: "${BOB}", orderDirection: asc, first: 3) {
    account partial asOf { block } opening { balance ${amount} }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id blockNumber timestamp kind counterparty change { balance ${amount} } after { balance ${amount} staked ${amount} rewardsPaid ${amount} } } }
  } }`)
  const ashao = (baseUnits: string, decimal: string) => ({ baseUnits, decimal, symbol: 'ASHAO' })
  const none = { baseUnits: '0', decimal: '0' }
  const five = ashao('5', '0.000000000000000005')
  expect(statement).toMatchObject({
    account: BOB,
    partial: false,
    asOf: { block: 112 },
    opening: { balance: none },
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
    edges: [
      {
        node: {
          id: idOf(105, 1),
          blockNumber: 105,
          timestamp: '2023-11-14T22:30:50Z',
          kind: 'TRANSFER_IN',
          counterparty: ALICE,
          change: { balance: five },
          after: { balance: five, staked: none, rewardsPaid: { ...none, symbol: 'USDC' } },
        },
      },
      { node: { kind: 'STAKE', counterparty: null, change: { balance: none }, after: { balance: five } } },
      { node: { kind: 'UNSTAKE', after: { staked: ashao('3', '0.000000000000000003') } } },
    ],
  })
  const { statement: rest } = await ask(
    `{ statement(account: "${BOB}", orderDirection: asc, after: "${statement.pageInfo.endCursor}") {
      pageInfo { hasNextPage hasPreviousPage } edges { node { kind after { rewardsPaid ${amount} } } } } }`,
  )
  expect(rest).toEqual({
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
    edges: [
      {
        node: {
          kind: 'REWARD',
          after: { rewardsPaid: { baseUnits: '9', decimal: '0.000009', symbol: 'USDC' } },
        },
      },
    ],
  })
})
