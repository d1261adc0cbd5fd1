import { ApolloClient, gql, InMemoryCache } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createLiveApi, type LiveApi } from './live-api'
import { beginChain, burn, income, type LiveChain } from './live-chain'

let api: LiveApi
let chain: LiveChain
let socket: ReturnType<typeof createClient>
let client: ApolloClient
beforeAll(async () => {
  api = await createLiveApi()
  chain = await beginChain(api)
  socket = createClient({ url: api.webSocketUrl, webSocketImpl: WebSocket })
  client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() })
})
afterAll(async () => {
  client.stop()
  await socket.dispose()
  await api.close()
})

test('Apollo Client subscribes, and asks a query over the same socket', async () => {
  const told: unknown[] = []
  const taken = (count: number) => expect.poll(() => told).toHaveLength(count)
  const subscription = client
    .subscribe({ query: gql`subscription { treasury { balance { decimal symbol } asOf { block } } }` })
    .subscribe(({ data }) => told.push(data))
  await taken(1)
  await chain.grow([income(2_500_000n), burn(1n)])
  await taken(2)
  subscription.unsubscribe()
  const { data } = await client.query({
    query: gql`query Treasury($block: Int!) { treasury(block: { number: $block }) { balance { decimal symbol } asOf { block } } }`,
    variables: { block: 2 },
  })
  expect(told[1]).toEqual(data)
  expect(data).toMatchObject({
    treasury: { balance: { decimal: '2.5', symbol: 'USDC' }, asOf: { block: 2 } },
  })
})

test('and is told of a refusal without losing the socket', async () => {
  const refusal = new Promise<unknown>((resolve) => {
    client
      .subscribe({ query: gql`subscription { newBurns(after: "yesterday") { id } }` })
      .subscribe(({ error }) => resolve(error))
  })
  expect(await refusal).toMatchObject({ errors: [{ extensions: { code: 'E5020' } }] })
  const { data } = await client.query({ query: gql`{ head { blockNumber } }` })
  expect(data).toMatchObject({ head: { blockNumber: chain.blocks.length } })
})
