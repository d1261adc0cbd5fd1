import { Rpc } from '@subsquid/evm-processor/lib/ds-rpc/rpc'
import { RpcClient } from '@subsquid/rpc-client'
import { afterEach, expect, test } from 'vitest'
import { refuseRemovedLogs } from '../../src/chain/removed-logs'
import type { LoopbackServer } from '../support/loopback-server'
import { hashOf } from '../support/small-economy'
import { type Methods, RpcRefusal, startStubNode } from './stub-node'

const HASH = hashOf(7)
const log = (removed: boolean): object => ({
  blockNumber: '0x7',
  blockHash: HASH,
  logIndex: '0x2',
  transactionIndex: '0x0',
  transactionHash: hashOf(8),
  address: `0x${'1'.repeat(40)}`,
  data: '0x',
  topics: [],
  removed,
})

let node: LoopbackServer | undefined
let client: RpcClient | undefined
afterEach(async () => {
  client?.close()
  await node?.close()
})

/** The logs of block 7 as the SDK reads them from such a node. */
async function logsFrom(methods: Methods): Promise<readonly unknown[]> {
  node = await startStubNode(methods)
  client = new RpcClient({ url: node.url, retryAttempts: 0 })
  refuseRemovedLogs(client, 'http://node')
  return new Rpc(client).getLogs(7, 7)
}

/** A node that cannot answer for all logs of the block at once: the SDK reads the receipts. */
const receipts = (removed: boolean): Methods => ({
  eth_getLogs: () => {
    throw new RpcRefusal(-32_005, 'query returned more than 10000 results')
  },
  eth_getBlockByNumber: () => ({
    number: '0x7',
    hash: HASH,
    parentHash: hashOf(6),
    timestamp: '0x1',
    logsBloom: `0x${'0'.repeat(512)}`,
    transactions: [hashOf(8)],
  }),
  eth_getTransactionReceipt: () => ({
    blockNumber: '0x7',
    blockHash: HASH,
    transactionIndex: '0x0',
    transactionHash: hashOf(8),
    from: `0x${'2'.repeat(40)}`,
    cumulativeGasUsed: '0x1',
    effectiveGasPrice: '0x1',
    gasUsed: '0x1',
    logs: [log(removed)],
    type: '0x2',
    status: '0x1',
  }),
})

test('logs are taken as they are', async () => {
  expect(await logsFrom({ eth_getLogs: () => [log(false)] })).toHaveLength(1)
  await node?.close()
  expect(await logsFrom(receipts(false))).toHaveLength(1)
})

test.each([
  ['asked for', { eth_getLogs: () => [log(true)] }],
  ['in a receipt', receipts(true)],
])('a removed log that was %s is refused', async (_, methods) => {
  await expect(logsFrom(methods)).rejects.toMatchObject({
    code: 'E3013',
    facts: { url: 'http://node', block: 7, logIndex: 2 },
  })
})
