import { request } from 'node:http'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { createLiveApi, type LiveApi } from './live-api'
import { beginChain, burn, income, type LiveChain } from './live-chain'
import { type Client as LiveClient, socketClient, streamClient } from './live-clients'

let api: LiveApi
let chain: LiveChain
const clients: LiveClient[] = []
beforeEach(async () => {
  api = await createLiveApi()
  chain = await beginChain(api)
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await api.close()
})

const TRANSPORTS = [
  ['graphql-ws', () => socketClient(api.webSocketUrl)],
  ['graphql-sse', () => streamClient(api.streamUrl)],
] as const

describe.each(TRANSPORTS)('over %s', (_, connect) => {
  let client: LiveClient
  beforeEach(() => {
    client = connect()
    clients.push(client)
  })

  test('figures come at once, and at each new head; as a query gives them, with their block', async () => {
    const treasury = client.follow('subscription { treasury { balance { baseUnits } asOf { block } } }')
    const supply = client.follow('subscription { supply { cumulativeBurn { baseUnits } } }')
    const none = await treasury.next()
    expect(none.data).toEqual({ treasury: { balance: { baseUnits: '0' }, asOf: { block: 1 } } })
    expect(none.extensions?.asOf).toMatchObject({
      block: 1,
      hash: chain.blocks[0]?.block.hash,
      finalized: true,
    })
    expect((await supply.next()).data).toEqual({ supply: { cumulativeBurn: { baseUnits: '0' } } })
    await chain.grow([income(7n), burn(3n)])
    const told = await treasury.next()
    expect(told.data).toEqual({ treasury: { balance: { baseUnits: '7' }, asOf: { block: 2 } } })
    expect((await supply.next()).data).toEqual({ supply: { cumulativeBurn: { baseUnits: '3' } } })
    const asked = client.follow('{ treasury { balance { baseUnits } asOf { block } } }')
    expect((await asked.next()).data).toEqual(told.data)
    await asked.completed
  })

  test('new heads come with their events; a reorganisation brings another block, with a lower number, too', async () => {
    const heads = client.follow('subscription { newBlocks { block hash timestamp events } }')
    const shown = async () => (await heads.next()).data?.newBlocks
    const headOf = (events: number) => {
      const { number, hash, timestamp } = chain.blocks.at(-1)?.block ?? {}
      const time = new Date(Number(timestamp) * 1000).toISOString().replace('.000', '')
      return { block: number, hash, timestamp: time, events }
    }
    expect(await shown()).toEqual(headOf(1))
    await chain.grow([burn(1n)], [burn(1n), burn(1n)])
    expect(await shown()).toEqual(headOf(2))
    await chain.grow([])
    expect(await shown()).toEqual(headOf(0))
    await chain.reorganise(2, [])
    expect(await shown()).toEqual(headOf(0))
  })

  test('burns come once each; what a reorganisation takes back is told, and what it brings', async () => {
    const burns = client.follow('subscription { newBurns(after: "0000000000-000000") { id value } }')
    const corrections = client.follow(
      'subscription { corrections(after: "0000000000000000") { entity blockNumber blockHash baseBlock rowIds } }',
    )
    await chain.grow([burn(5n), burn(6n)], [], [burn(7n)])
    expect((await burns.next()).data?.newBurns).toEqual([
      { id: '0000000002-000000', value: '5' },
      { id: '0000000002-000001', value: '6' },
      { id: '0000000004-000000', value: '7' },
    ])
    const gone = chain.blocks.at(-1)?.block.hash
    await chain.reorganise(2, [burn(8n)])
    expect((await burns.next()).data?.newBurns).toEqual([{ id: '0000000003-000000', value: '8' }])
    const place = { blockNumber: 4, blockHash: gone, baseBlock: 2 }
    expect((await corrections.next()).data?.corrections).toEqual([
      { entity: 'SNAPSHOT', ...place, rowIds: ['0000000004'] },
      { entity: 'BURN', ...place, rowIds: ['0000000004-000000'] },
      { entity: 'TRANSFER', ...place, rowIds: ['0000000004-000000'] },
    ])
  })

  test('a subscriber outlives the connections of the service to the database', async () => {
    const burns = client.follow('subscription { newBurns(after: "0000000000-000000") { value } }')
    await chain.grow([burn(1n)])
    expect((await burns.next()).data?.newBurns).toEqual([{ value: '1' }])
    const again = api.heard()
    expect(await api.cutOff('ashao-api-commits')).toBe(1)
    expect(await api.cutOff('ashao-api')).toBeGreaterThan(0)
    await again
    await chain.grow([burn(2n)])
    expect((await burns.next()).data?.newBurns).toEqual([{ value: '2' }])
  })

  test('while the database lets nobody in, who subscribes is refused, and who has is told later', async () => {
    const burns = client.follow('subscription { newBurns(after: "0000000000-000000") { value } }')
    await chain.grow([burn(1n)])
    expect((await burns.next()).data?.newBurns).toEqual([{ value: '1' }])
    const administrator = new Client({ connectionString: inject('postgresUrl') })
    await administrator.connect()
    const name = new URL(api.database.url).pathname.slice(1)
    await administrator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    try {
      await api.cutOff('ashao-api-commits')
      await api.cutOff('ashao-api')
      // The indexer goes on: it has its connections.
      await chain.grow([burn(2n)])
      const refused = client.follow('subscription { treasury { asOf { block } } }')
      const { errors } = await refused.next()
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'E5005' } })
      await refused.completed
      expect(api.commits.version()).toBeUndefined()
    } finally {
      await administrator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
      await administrator.end()
    }
    expect((await burns.next()).data?.newBurns).toEqual([{ value: '2' }])
    expect(api.reported).toEqual([])
  })

  test('what is wrong is refused with its reason', async () => {
    const refusalOf = async (query: string) => (await client.follow(query).next()).errors?.[0]
    expect(await refusalOf('subscription { newBurns { nothing } }')).toMatchObject({
      message: 'Cannot query field "nothing" on type "Burn".',
    })
    expect(await refusalOf('subscription {')).toMatchObject({
      message: expect.stringMatching(/^Syntax Error/),
    })
    expect(await refusalOf('subscription { newBurns(after: "yesterday") { id } }')).toMatchObject({
      extensions: { code: 'E5020' },
    })
    expect(await refusalOf('subscription { corrections(after: "1") { id } }')).toMatchObject({
      extensions: { code: 'E5020' },
    })
    const many = Array.from({ length: 101 }, (_, index) => `a${index}: id`).join(' ')
    expect(await refusalOf(`subscription { newBurns { ${many} } }`)).toMatchObject({
      extensions: { code: 'E5063', facts: { limit: 'aliases' } },
    })
  })

  test('figures that are too old are not told: the reason is, until there are others', async () => {
    const treasury = client.follow('subscription { treasury { asOf { block } } }')
    expect((await treasury.next()).data).toEqual({ treasury: { asOf: { block: 1 } } })
    api.maxLagSeconds = 60
    await chain.grow([])
    expect((await treasury.next()).errors?.[0]).toMatchObject({ extensions: { code: 'E5003' } })
    const refused = client.follow('subscription { supply { asOf { block } } }')
    expect((await refused.next()).errors?.[0]).toMatchObject({ extensions: { code: 'E5003' } })
    await refused.completed
    api.maxLagSeconds = Number.MAX_SAFE_INTEGER
    await chain.grow([])
    expect((await treasury.next()).data).toEqual({ treasury: { asOf: { block: 3 } } })
  })

  test('when the service stops, it says so and is not kept from it', async () => {
    const heads = client.follow('subscription { newBlocks { block } }')
    await heads.next()
    await api.app.close()
    await heads.ended
  })
})

test('another way to upgrade, and another place, is refused', async () => {
  const statusOf = (path: string, upgrade: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(api.streamUrl)
      const headers = { connection: 'upgrade', upgrade }
      request({ hostname, port, path, headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end()
    })
  expect(await statusOf('/elsewhere', 'websocket')).toBe(404)
  expect(await statusOf('/graphql', 'h2c')).toBe(400)
  const old = new WebSocket(api.webSocketUrl, 'graphql-ws')
  await new Promise((resolve) => old.once('error', resolve))
})

test('burns go on where both chains part, if the last that was told was taken back meanwhile', async () => {
  await chain.grow([burn(1n)], [burn(2n)], [burn(3n)])
  const [, , , last] = chain.blocks
  await chain.reorganise(2, [burn(7n)], [burn(8n)], [burn(9n)])
  const client = socketClient(api.webSocketUrl)
  clients.push(client)
  const after = `${String(last?.block.number).padStart(10, '0')}-000000`
  const burns = client.follow(`subscription { newBurns(after: "${after}") { value } }`)
  expect((await burns.next()).data?.newBurns).toEqual([{ value: '7' }, { value: '8' }, { value: '9' }])
})
