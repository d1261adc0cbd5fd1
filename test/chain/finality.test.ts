import { createLogger } from '@subsquid/logger'
import { RpcClient } from '@subsquid/rpc-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDataSource } from '../../src/chain/finality'
import type { Finality } from '../../src/config/economy-file'
import { hashOf } from '../support/history'
import { startStubNode } from './stub-node'
import { startTestChain, type TestChain } from './test-chain'

const log = createLogger('test')
const clients: RpcClient[] = []

function sourceOf(url: string, finality: Finality) {
  const client = new RpcClient({ url, retryAttempts: 0, log })
  clients.push(client)
  return createDataSource(client, finality, 'http://shown', log)
}

afterAll(() => {
  for (const client of clients) client.close()
})

describe('on a real node', () => {
  let chain: TestChain

  beforeAll(async () => {
    chain = await startTestChain()
    // Deep enough for the node to call a block final.
    await chain.rpc('anvil_mine', ['0x80'])
  })

  afterAll(() => chain.stop())

  const heightOf = async (tag: string): Promise<number> => {
    const { number } = await chain.rpc<{ number: string }>('eth_getBlockByNumber', [tag, false])
    return Number(number)
  }

  test.each(['finalized', 'safe'] as const)(
    'by tag, final is what the node calls %s, now and later',
    async (tag) => {
      const source = sourceOf(chain.rpcUrl, { kind: 'tag', tag })
      const seen: number[] = []
      for (const mined of [0, 1, 40]) {
        if (mined > 0) await chain.rpc('anvil_mine', [`0x${mined.toString(16)}`])
        const final = await heightOf(tag)
        expect(await source.getFinalizedHeight()).toBe(final)
        expect(final).toBeLessThan(await heightOf('latest'))
        seen.push(final)
      }
      expect(seen[2]).toBeGreaterThan(seen[0] ?? 0)
    },
  )

  test.each([0, 1, 64])('by depth, final is the head less %s', async (confirmations) => {
    const source = sourceOf(chain.rpcUrl, { kind: 'confirmations', confirmations })
    for (const _ of [1, 2]) {
      await chain.rpc('anvil_mine', ['0x3'])
      expect(await source.getFinalizedHeight()).toBe((await heightOf('latest')) - confirmations)
    }
  })

  test('a chain shorter than the depth has no final block but its first', async () => {
    const source = sourceOf(chain.rpcUrl, { kind: 'confirmations', confirmations: 100_000 })
    expect(await source.getFinalizedHeight()).toBe(0)
  })
})

describe('on a node that misbehaves', () => {
  test('a head that lags behind the finalized block does not hide it', async () => {
    const finalized = { number: '0x64', hash: hashOf(100) }
    const stub = await startStubNode({ eth_blockNumber: () => '0x5a', eth_getBlockByNumber: () => finalized })
    const source = sourceOf(stub.url, { kind: 'tag', tag: 'finalized' })
    expect(await source.getFinalizedHeight()).toBe(100)
    // The head that the source goes by, which the SDK keeps private: it is never below what is final.
    const { rpc } = source as unknown as { rpc: { getHeight(): Promise<number> } }
    expect(await rpc.getHeight()).toBe(100)
    await stub.close()
  })

  test('a tag that is answered by null is refused', async () => {
    const stub = await startStubNode({ eth_blockNumber: () => '0x5a', eth_getBlockByNumber: () => null })
    await expect(sourceOf(stub.url, { kind: 'tag', tag: 'safe' }).getFinalizedHeight()).rejects.toMatchObject(
      {
        code: 'E3009',
        facts: { url: 'http://shown', tag: 'safe' },
      },
    )
    await stub.close()
  })

  test('heads are polled for where finality is a tag, so that each comes with its own depth', () => {
    const client = new RpcClient({ url: 'ws://127.0.0.1:9', log })
    expect(client.supportsNotifications()).toBe(true)
    createDataSource(client, { kind: 'tag', tag: 'finalized' }, 'ws://shown', log)
    expect(client.supportsNotifications()).toBe(false)
    client.close()
  })
})
