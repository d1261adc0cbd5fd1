import { getAddress } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createSmallApi, type FilledApi, spoilSnapshots } from '../support/filled-api'
import {
  ALICE,
  account,
  BOB,
  digestOf,
  HUGE,
  hashOf,
  idOf,
  LATEST,
  setDeployment,
  timeOf,
} from '../support/small-economy'
import type { TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createSmallApi()
  ;({ tables, api } = filled)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const post = (query: string, variables: object = {}) =>
  api.app.inject({ method: 'POST', url: '/graphql', payload: { query, variables } })
const ask = async (query: string, variables: object = {}) => (await post(query, variables)).json()
const refusal = async (query: string, variables: object = {}) => (await ask(query, variables)).errors[0]

describe('figures', () => {
  test('of one operation come from one state of the database', async () => {
    const before = api.snapshots
    await ask('{ treasury { partial } supply { partial } burns { id } asOf { block } }')
    expect(api.snapshots - before).toBe(1)
  })

  test('of a snapshot are the stored ones, exactly', async () => {
    const amounts = Object.entries(LATEST)
    const { data } = await ask(
      `{ snapshotAt { ${Object.keys(LATEST).join(' ')} blockNumber hash parentHash digest } }`,
    )
    for (const [name, value] of amounts) {
      expect(data.snapshotAt[name]).toBe(typeof value === 'bigint' ? String(value) : value)
    }
    expect(data.snapshotAt).toMatchObject({ blockNumber: 110, hash: hashOf(110), digest: digestOf(110) })
  })

  test('of an account are as of the block, in any correct spelling of the address', async () => {
    const query = `query ($a: Address!, $n: Int) {
      accountFigures(address: $a, block: { number: $n }) { address balance { baseUnits } staked { baseUnits } workerShareBps }
    }`
    expect(
      (await ask(query, { a: ALICE.toUpperCase().replace('0X', '0x'), n: 105 })).errors[0].extensions.code,
    ).toBe('E5023')
    expect((await ask(query, { a: ALICE, n: 105 })).data.accountFigures).toEqual({
      address: ALICE,
      balance: { baseUnits: String(HUGE - 5n) },
      staked: { baseUnits: '0' },
      workerShareBps: 7000,
    })
    const checksummed = getAddress(BOB)
    expect(checksummed).not.toBe(BOB)
    expect((await ask(query, { a: checksummed, n: 112 })).data.accountFigures).toMatchObject({
      address: BOB,
      staked: { baseUnits: '3' },
      workerShareBps: 8000,
    })
  })

  test.each([
    ['number: 105', 105],
    [`hash: "${hashOf(105)}"`, 105],
    ['timestamp: "2023-11-14T22:30:59Z"', 105],
    [`timestamp: ${timeOf(104)}`, 100],
    [`timestamp: "${timeOf(104)}"`, 100],
    ['number: 107, hash: null', 107],
  ])('go back in time with {%s}', async (block, at) => {
    const { data, extensions } = await ask(`{ asOf(block: {${block}}) { block lagSeconds } }`)
    expect(data.asOf).toEqual({ block: at, lagSeconds: null })
    expect(extensions.asOf.block).toBe(at)
  })
})

describe('lists', () => {
  test('mirror the ledger, newest first', async () => {
    const { data, extensions } = await ask(`{
      transfers(first: 1) { id blockNumber logIndex timestamp transactionHash from to value fromBalance toBalance }
      burns { id burner value purpose evidence burnerBalance cumulativeBurn }
      stakes(orderDirection: asc) { id account action amount accountStaked staked }
      rewards { id account amount accountRewardsPaid rewardsPaid }
      treasuryFlows { id direction purpose from to value treasuryBalance }
    }`)
    expect(data.transfers).toEqual([
      {
        id: idOf(110, 3),
        blockNumber: 110,
        logIndex: 3,
        timestamp: '2023-11-14T22:31:40Z',
        transactionHash: hashOf(110),
        from: ALICE,
        to: account('0'),
        value: '2',
        fromBalance: String(HUGE - 7n),
        toBalance: null,
      },
    ])
    expect(data.burns).toMatchObject([{ burner: ALICE, value: '2', purpose: 'OTHER', evidence: 'TRANSFER' }])
    expect(data.stakes).toMatchObject([
      { action: 'STAKE', amount: '4', accountStaked: '4' },
      { action: 'UNSTAKE', amount: '1', accountStaked: '3' },
    ])
    expect(data.rewards).toMatchObject([{ account: BOB, amount: '9', accountRewardsPaid: '9' }])
    expect(data.treasuryFlows).toMatchObject([{ direction: 'IN', purpose: 'REVENUE', treasuryBalance: '3' }])
    expect(extensions.asOf).toEqual((await api.app.inject('/api/treasury')).json().asOf)
  })

  test('page, filter and go back in time', async () => {
    const query = `query ($skip: Int) {
      transfers(first: 2, skip: $skip, account: "${ALICE}", orderDirection: asc, block: { number: 109 }) { id }
    }`
    const first = (await ask(query)).data.transfers.map((row: { id: string }) => row.id)
    expect(first).toEqual([idOf(100, 0), idOf(105, 1)])
    const second = (await ask(query, { skip: 2 })).data.transfers.map((row: { id: string }) => row.id)
    expect(second).toEqual([idOf(105, 2)])
  })

  test('name each block where the fields of one operation ask for different ones', async () => {
    const { extensions } = await ask(`{ now: burns { id } past: asOf(block: { number: 105 }) { block } }`)
    expect(extensions.asOf).toBeUndefined()
    expect(extensions.asOfByField).toMatchObject({
      now: { block: 112 },
      past: { block: 105, lagSeconds: null },
    })
  })
})

describe('a refusal', () => {
  test.each([
    ['{ asOf(block: {}) { block } }', 'E5022'],
    ['{ asOf(block: { number: 105, timestamp: 1700001050 }) { block } }', 'E5022'],
    ['{ asOf(block: { number: -1 }) { block } }', 'E5022'],
    ['{ asOf(block: { hash: "0x12" }) { block } }', 'E5022'],
    ['{ asOf(block: { timestamp: "2023-11-14T22:30:59" }) { block } }', 'E5025'],
    ['{ asOf(block: { number: 113 }) { block } }', 'E5006'],
    ['{ asOf(block: { number: 99 }) { block } }', 'E5007'],
    [`{ asOf(block: { hash: "${hashOf(104)}" }) { block } }`, 'E5008'],
    ['{ burns(first: 1001) { id } }', 'E5021'],
    ['{ burns(first: 0) { id } }', 'E5021'],
    ['{ burnsConnection(after: "zzz") { edges { cursor } } }', 'E5020'],
    ['{ burnsConnection(first: 1, last: 1) { totalCount edges { cursor } } }', 'E5043'],
    ['{ burns(skip: 5001) { id } }', 'E5042'],
    ['{ burns(where: { value_in: null }) { id } }', 'E5040'],
    ['{ burnsConnection(where: { OR: null }) { totalCount } }', 'E5040'],
    [`{ statement(account: "${account('0')}") { asOf { block } } }`, 'E5023'],
    ['{ account(id: "0x12") { id } }', 'E5023'],
    ['{ accountFigures(address: "0x12") { address } }', 'E5023'],
    [`{ accountFigures(address: "${account('0')}") { address } }`, 'E5023'],
    [`{ accountFigures(address: "0xBB${BOB.slice(4)}") { address } }`, 'E5023'],
  ])('%s has the code %s, facts and the mend', async (query, code) => {
    const { message, extensions } = await refusal(query)
    expect(extensions).toMatchObject({ code, facts: expect.any(Object), mend: expect.any(String) })
    expect(message).toMatch(/\.$/)
  })

  test.each([
    ['timestamp: 1.5', '"1.5" is not a point in time.'],
    ['timestamp: true', '"true" is not a point in time.'],
    ['timestamp: tomorrow', '"tomorrow" is not a point in time.'],
    ['timestamp: [1]', '"[1]" is not a point in time.'],
    ['timestamp: {day: "1"}', '"{day: "1"}" is not a point in time.'],
    ['timestamp: "1.5"', '"1.5" is not a point in time.'],
  ])('of {%s} names what was written', async (block, message) => {
    expect((await refusal(`{ supply(block: {${block}}) { holders } }`)).message).toBe(message)
    expect((await refusal('{ accountFigures(address: 1.5) { address } }')).extensions.facts.address).toBe(
      '1.5',
    )
  })

  test('of a stale head is HTTP 503 with Retry-After, and the whole answer', async () => {
    api.now = timeOf(112) + 61
    const reply = await post('{ treasury { partial } past: asOf(block: { number: 105 }) { block } }')
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '10'])
    expect(reply.json().data).toBeNull()
    expect(reply.json().errors[0].extensions.code).toBe('E5003')
    const past = await post('{ treasury(block: { number: 112 }) { partial } }')
    expect([past.statusCode, past.json().data]).toEqual([200, { treasury: { partial: false } }])
  })

  test('of an unexpected failure is masked and reported', async () => {
    await spoilSnapshots(filled)
    const reply = await post('{ supply { partial } }')
    expect([reply.statusCode, reply.json().errors[0].extensions.code]).toEqual([500, 'E5099'])
    expect(reply.body).not.toMatch(/burn_mode|UNHEARD|stack/)
    expect(String(api.reported.at(-1))).toContain('burn_mode')
  })

  test('of an unreachable database is HTTP 503, and its schema is still served', async () => {
    const down = await createTestApi('postgres://someone:secret@127.0.0.1:1/none')
    onTestFinished(down.close)
    const graphql = (query: string) =>
      down.app.inject({ method: 'POST', url: '/graphql', payload: { query } })
    const reply = await graphql('{ supply { partial } burns { id } }')
    expect(reply.statusCode).toBe(503)
    expect(reply.body).toContain('E5005')
    expect(reply.body).not.toMatch(/secret|someone|127\.0\.0\.1/)
    expect((await graphql('{ __schema { queryType { name } } }')).json().data.__schema.queryType.name).toBe(
      'Query',
    )
  })
})

test('marks what lacks history, and nothing else', async () => {
  await setDeployment(tables, ['staking'])
  const { data, extensions } = await ask(`{
    treasury { partial } supply { partial } staking { partial } policy { partial } snapshotAt { partial }
    accountFigures(address: "${ALICE}") { partial }
  }`)
  expect(data).toEqual({
    treasury: { partial: false },
    // liquidFloat is less by what is staked.
    supply: { partial: true },
    staking: { partial: true },
    policy: { partial: false },
    snapshotAt: { partial: ['staking'] },
    accountFigures: { partial: true },
  })
  expect(extensions.asOf.partial).toEqual(['staking'])
})

describe('the transport', () => {
  test('serves queries by GET without any header', async () => {
    const reply = await api.app.inject({ url: '/graphql', query: { query: '{ asOf { block } }' } })
    expect([reply.statusCode, reply.json().data]).toEqual([200, { asOf: { block: 112 } }])
  })

  test('speaks the media type of GraphQL over HTTP', async () => {
    const accept = 'application/graphql-response+json'
    const url = '/graphql?query=%7Basof%7Bblock%7D%7D'
    const reply = await api.app.inject({ url, headers: { accept } })
    expect(reply.statusCode).toBe(400)
    expect(reply.headers['content-type']).toContain(accept)
    expect(reply.json().errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('has no landing page from elsewhere', async () => {
    const reply = await api.app.inject({ url: '/graphql', headers: { accept: 'text/html' } })
    expect(reply.body).not.toMatch(/https?:\/\//)
  })
})
