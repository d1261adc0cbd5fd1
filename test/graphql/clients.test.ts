import { createHash } from 'node:crypto'
import { ApolloClient, gql, HttpLink, InMemoryCache, type TypedDocumentNode } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { ClientError, GraphQLClient } from 'graphql-request'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedGraphql, serveGraphql } from './served-graphql'

let served: ServedGraphql

beforeAll(async () => {
  served = await serveGraphql()
})
afterAll(() => served.close())

interface Holders {
  readonly supply: { readonly holders: number; readonly asOf: { readonly block: number } }
}

/** Fetches, and writes down by which method, whether with the text of the query, and with which result. */
function noting(notes: string[]): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    const { searchParams } = new URL(String(input))
    const asked = init?.method === 'POST' ? JSON.parse(String(init.body)) : Object.fromEntries(searchParams)
    notes.push(`${init?.method ?? 'GET'} ${'query' in asked ? 'text' : 'hash'} ${answer.status}`)
    return answer
  }
}

test('@apollo/client asks by hash over GET, and gives the text only to a server that does not know it', async () => {
  const notes: string[] = []
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const client = () =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(
        new HttpLink({ uri: served.url, fetch: noting(notes) }),
      ),
    })
  const query: TypedDocumentNode<Holders, { n: number }> = gql`
    query Holders($n: Int!) {
      supply(block: { number: $n }) {
        holders
        asOf {
          block
        }
      }
    }
  `
  const first = await client().query({ query, variables: { n: 105 } })
  expect(first.data?.supply.asOf.block).toBe(105)
  expect(notes).toEqual(['GET hash 200', 'POST text 200'])
  const second = await client().query({ query, variables: { n: 106 } })
  expect(second.data?.supply.asOf.block).toBe(106)
  expect(notes.slice(2)).toEqual(['GET hash 200'])
})

test('@apollo/client tells errors of ours by their code', async () => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: served.url }) })
  const query = gql`
    {
      asOf(block: { number: 999 }) {
        block
      }
    }
  `
  await expect(client.query({ query })).rejects.toMatchObject({
    errors: [{ extensions: { code: 'E5006' } }],
  })
})

test.each(['GET', 'POST'] as const)('graphql-request asks by %s', async (method) => {
  const client = new GraphQLClient(served.url, { method, jsonSerializer: JSON })
  const query = 'query Holders($n: Int!) { supply(block: { number: $n }) { holders asOf { block } } }'
  const { supply } = await client.request<Holders>(query, { n: 105 })
  expect(supply.asOf.block).toBe(105)
  const refused = client.request(query, { n: 999 })
  await expect(refused).rejects.toBeInstanceOf(ClientError)
  await expect(refused).rejects.toMatchObject({
    response: { errors: [{ extensions: { code: 'E5006', facts: { asked: 999 } } }] },
  })
})
