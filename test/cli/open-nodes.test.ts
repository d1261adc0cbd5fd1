import { createLogger, setRootSink } from '@subsquid/logger'
import { afterEach, describe, expect, test } from 'vitest'
import { openNodes } from '../../src/cli/open-nodes'
import { parseEnvironment } from '../../src/config/environment'
import type { PinnedBlocks } from '../../src/store/pinned-blocks'
import { startStubNode } from '../chain/stub-node'
import { hashOf } from '../support/history'
import { ECONOMY } from '../support/small-economy'

// Its lines would hide those of the tests.
setRootSink(() => undefined)

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A node with these blocks, whose hashes are those of their heights unless it is told otherwise. */
async function nodeWith(first: number, last: number, replaced: Readonly<Record<number, string>> = {}) {
  const stub = await startStubNode({
    eth_chainId: () => `0x${ECONOMY.chain.id.toString(16)}`,
    eth_getBlockByNumber: (tag) => {
      const number = tag === 'earliest' ? first : Number(tag)
      if (number < first || number > last) return null
      return { number: `0x${number.toString(16)}`, hash: replaced[number] ?? hashOf(number) }
    },
  })
  closing.push(() => stub.close())
  return stub.url
}

async function open(urls: readonly string[], pinned: PinnedBlocks) {
  const environment = parseEnvironment({ RPC_URL: urls.join() }, [])
  const nodes = await openNodes({ environment, economy: ECONOMY }, async () => pinned, createLogger('test'))
  closing.push(() => nodes.rpc.close())
  return nodes
}

const NOTHING: PinnedBlocks = { genesisHash: undefined, final: undefined }
const INDEXED: PinnedBlocks = { genesisHash: hashOf(0), final: { height: 20, hash: hashOf(20) } }
const OTHER = hashOf(0xabc)

describe('a node is let in', () => {
  test.each([
    ['before anything is indexed', 0, NOTHING],
    ['before anything is final', 0, { ...INDEXED, final: { height: -1, hash: '0x' } }],
    ['that has the newest final block as it was indexed', 0, INDEXED],
    ['that keeps no old blocks, but that one', 12, INDEXED],
    ['that keeps block 0, where the first one kept none so old', 0, { ...INDEXED, genesisHash: hashOf(12) }],
  ] as const)('%s', async (_, first, pinned) => {
    const { rpc, genesisHash } = await open([await nodeWith(first, 30)], pinned)
    expect(rpc.status()).toMatchObject([{ state: 'ready' }])
    expect(genesisHash).toBe(pinned.genesisHash ?? hashOf(first))
  })
})

describe('a node is refused', () => {
  test('that has another block in place of the newest final one', async () => {
    const url = await nodeWith(0, 30, { 20: OTHER })
    await expect(open([url], INDEXED)).rejects.toMatchObject({
      code: 'E3010',
      facts: { block: 20, indexed: hashOf(20), onChain: OTHER },
    })
  })

  test('that has another first block', async () => {
    const url = await nodeWith(0, 30, { 0: OTHER })
    await expect(open([url], { ...INDEXED, final: undefined })).rejects.toMatchObject({
      code: 'E3015',
      facts: { block: 0, expected: hashOf(0), found: OTHER },
    })
  })
})

test('a node that does not have the newest final block yet is not used, and not refused', async () => {
  const urls = [await nodeWith(0, 19), await nodeWith(0, 30)]
  const { rpc, inUse } = await open(urls, INDEXED)
  await expect
    .poll(() => rpc.status()[0])
    .toMatchObject({ state: 'unchecked', reason: 'it does not have block 20' })
  expect(inUse().url).toBe(urls[1])
})
