import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatewayAnswer } from '../support/gateway-server'
import { batchesOf, type GatewayOfChain, startGatewayOfChain } from './gateway-of-chain'

const KEY = 'the-secret-key'

let gateways: GatewayOfChain

beforeAll(async () => {
  gateways = await startGatewayOfChain()
})

afterAll(() => gateways.close())

describe('a gateway', () => {
  test('gives the logs of the chain, each once and in order, wherever its answers end', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.nat(), fc.nat())
    await fc.assert(
      fc.asyncProperty(sizes, async ([chunk, a, b]) => {
        const [from = 0, to = 0] = [a % (gateways.head + 1), b % (gateways.head + 1)].sort(
          (one, other) => one - other,
        )
        const { source } = await gateways.serve({ chunk: Math.max(chunk, Math.ceil((to - from) / 20)) })
        const blocks = (await batchesOf(source, gateways.requests(from, to))).flat()
        expect(gateways.logsOf(blocks)).toEqual(gateways.truth(from, to))
        const heights = blocks.map(({ header }) => header.height)
        expect(heights).toEqual([...new Set(heights)].sort((one, other) => one - other))
        expect(heights.at(-1)).toBe(to)
      }),
      { numRuns: 15 },
    )
    expect(gateways.truth(0, gateways.head).length).toBeGreaterThan(50)
  })

  test('says of every block what the chain says of it', async () => {
    const { source } = await gateways.serve()
    const blocks = (
      await batchesOf(source, gateways.requests(0, undefined, { includeAllBlocks: true }))
    ).flat()
    expect(blocks.map(({ header }) => header)).toEqual(
      gateways.chain.map(({ number, header: { hash, parentHash, timestamp } }) => {
        return { height: number, hash, parentHash, timestamp: Number(timestamp) * 1_000 }
      }),
    )
    expect(await source.getFinalizedHeight()).toBe(gateways.head)
    expect(await source.getBlockHash(7)).toBe(gateways.chain[7]?.header.hash)
  })

  test('says up to where it read: every batch goes on where the one before it ended', async () => {
    const { source } = await gateways.serve({ chunk: 15 })
    const half = Math.floor(gateways.head / 2)
    const read = await batchesOf(source, [...gateways.requests(3, half), ...gateways.requests(half + 1)])
    expect(read.length).toBeGreaterThan(3)
    let next = 3
    for (const batch of read) {
      const last = batch.at(-1)
      expect(batch.slice(0, -1).every(({ coverage }) => coverage === undefined)).toBe(true)
      expect(last?.coverage).toEqual({
        fromBlock: next,
        source: 'GATEWAY',
        verification: 'NONE',
        blocksChecked: 0,
      })
      next = (last?.header.height ?? 0) + 1
    }
    expect(next).toBe(gateways.head + 1)
  })

  test('ends at its height, and is taken up where it ended', async () => {
    const { source } = await gateways.serve({ height: gateways.head - 10, chunk: 16 })
    expect(await source.getFinalizedHeight()).toBe(gateways.head - 10)
    const first = (await batchesOf(source, gateways.requests())).flat()
    expect(first.at(-1)?.header.height).toBe(gateways.head - 10)
    const { source: later } = await gateways.serve()
    const rest = (await batchesOf(later, gateways.requests(gateways.head - 9))).flat()
    expect(gateways.logsOf([...first, ...rest])).toEqual(gateways.truth(0, gateways.head))
  })

  test('gets the key, and its workers do not', async () => {
    const { server, source } = await gateways.serve({ apiKey: KEY }, KEY)
    await batchesOf(source, gateways.requests())
    const keyed = (host: string) =>
      server.requests
        .filter((request) => request.host.startsWith(host))
        .map(({ headers }) => [headers.authorization, headers.token, headers['x-api-key']])
    expect(new Set(keyed('127.0.0.1').flat())).toEqual(new Set([`Bearer ${KEY}`, KEY]))
    expect(new Set(keyed('localhost').flat())).toEqual(new Set([undefined]))
    expect(keyed('localhost').length).toBeGreaterThan(0)
  })

  test('that is away for a moment is asked again', async () => {
    let failures = 0
    const tamper = (_: unknown, answer: GatewayAnswer): GatewayAnswer | undefined => {
      failures += 1
      if (failures === 1) return { ...answer, status: 503 }
      return failures === 2 ? undefined : answer
    }
    const { server, source } = await gateways.serve({ tamper }, undefined, 10_000)
    expect(await source.getFinalizedHeight()).toBe(gateways.head)
    expect(failures).toBe(3)
    expect(gateways.records.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^the gateway is asked again in \d+ ms: it answers with HTTP status 503$/),
      expect.stringMatching(/^the gateway is asked again in \d+ ms: the connection fails with [A-Z_]+$/),
    ])
    expect(JSON.stringify(gateways.records)).not.toContain(new URL(server.url).port)
  })
})
