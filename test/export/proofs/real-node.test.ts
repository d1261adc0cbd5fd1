import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Decode, decodeLog } from '../../../src/chain/decode-log'
import { eventSources } from '../../../src/chain/event-sources'
import type { NodeHeader, NodeLog, NodeReceipt } from '../../../src/chain/rpc/node-types'
import { bytesOfData } from '../../../src/chain/verify/hex-bytes'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import type { EventBlock } from '../../../src/core/events'
import type { BlockProof } from '../../../src/export/proofs/block-proof'
import { headerFacts } from '../../../src/export/proofs/header-facts'
import { closeAll, pool } from '../../chain/rpc/open-pool'
import { startTestChain, type TestChain } from '../../chain/test-chain'
import { filesOf, foldedRows } from './folded-rows'
import { proofsOf, verified } from './proving'
import { rangeOf } from './simulated-history'

let chain: TestChain
let blocks: EventBlock[]
let range: ExportRange
let proofs: BlockProof[]

/** The history as all logs of the chain tell it, whatever was asked for by filters. */
async function eventBlocksOf({ rpc, economy }: TestChain): Promise<EventBlock[]> {
  const logs = await rpc<NodeLog[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
  const sources = eventSources(economy)
  const decode: Decode = (log, block) => decodeLog(log, sources, block)
  const found: EventBlock[] = []
  for (const at of new Set(logs.map(({ blockNumber }) => blockNumber))) {
    const ofBlock = logs.filter(({ blockNumber }) => blockNumber === at)
    const header = await rpc<NodeHeader>('eth_getBlockByNumber', [at, false])
    const { hash, parentHash } = header
    const block = { number: Number(at), hash, parentHash, timestamp: Number(header.timestamp) }
    const events = ofBlock.flatMap(
      (log) => decode({ ...log, logIndex: Number(log.logIndex) }, block.number) ?? [],
    )
    if (events.length > 0) found.push({ block, events })
  }
  return found
}

beforeAll(async () => {
  chain = await startTestChain()
  blocks = await eventBlocksOf(chain)
  range = rangeOf(chain.economy, blocks, 0, blocks.at(-1)?.block.number ?? 0)
  proofs = await proofsOf(await pool([{ url: chain.rpcUrl }]), chain.economy, range)
})

afterAll(async () => {
  await closeAll()
  await chain.stop()
})

describe('a real node’s chain', () => {
  test('is proven: every event of every kind, and every row', async () => {
    const { counts, said } = await verified(
      proofs,
      chain.economy,
      range,
      filesOf(foldedRows(chain.economy, blocks), range),
    )
    expect(said).toEqual([])
    const events = blocks.flatMap((block) => block.events)
    expect(counts).toMatchObject({ blocks: blocks.length, events: events.length })
    expect(new Set(events.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6)
  })

  test('has the headers and the receipts that the node itself tells', async () => {
    for (const { blockNumber, header, receipts } of proofs) {
      const told = await chain.rpc<NodeHeader>('eth_getBlockByNumber', [
        `0x${blockNumber.toString(16)}`,
        false,
      ])
      const { hash, parentHash, receiptsRoot, number, timestamp } = headerFacts(bytesOfData(header))
      expect({ hash, parentHash }).toEqual({ hash: told.hash, parentHash: told.parentHash })
      expect(`0x${Buffer.from(receiptsRoot).toString('hex')}`).toBe(told.receiptsRoot)
      expect([number, timestamp]).toEqual([Number(told.number), Number(told.timestamp)])
      for (const { transactionHash, transactionIndex, firstLogIndex } of receipts) {
        const receipt = await chain.rpc<NodeReceipt>('eth_getTransactionReceipt', [transactionHash])
        expect(Number(receipt.transactionIndex)).toBe(transactionIndex)
        expect(Number(receipt.logs[0]?.logIndex)).toBe(firstLogIndex)
      }
    }
  })
})
