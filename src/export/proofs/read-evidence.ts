import { NodeUntrusted } from '../../chain/errors'
import type { NodeHeader, NodeLog, NodeReceipt } from '../../chain/rpc/node-types'
import { BadAnswer, type EndpointName, type Rpc, RpcRejected } from '../../chain/rpc/rpc'
import { Disagreement, untilAgreed } from '../../chain/source/disagreement'
import { checkHeader } from '../../chain/verify/check-headers'
import { checkReceipts } from '../../chain/verify/check-receipts'
import { headerHash } from '../../chain/verify/header-hash'
import type { Hash } from '../../core/address'
import { BlockUnprovable } from './errors'
import type { HistoryLogs } from './history-logs'

/** A block with all that its hash commits to of its logs; each part was held against the one above it. */
export interface BlockEvidence {
  readonly header: NodeHeader
  /** All of the block, in its order. */
  readonly receipts: readonly NodeReceipt[]
  /** Those that history is made of, where the receipts say that they are. */
  readonly logs: readonly NodeLog[]
}

export interface BlockName {
  readonly number: number
  readonly hash: Hash
}

/**
 * Reads header and receipts of a block, by its hash.
 * @throws BlockUnprovable (E7050), NodeUnreachable (E3002)
 */
export async function readEvidence(rpc: Rpc, block: BlockName, history: HistoryLogs): Promise<BlockEvidence> {
  const { number } = block
  try {
    const header = await readHeader(rpc, block)
    const told = await readBlockReceipts(rpc, header, history)
    return told ?? (await readEachReceipt(rpc, header, history))
  } catch (error) {
    if (error instanceof NodeUntrusted)
      throw new BlockUnprovable({ block: number, reason: String(error.facts.what) })
    if (error instanceof RpcRejected) {
      throw new BlockUnprovable({ block: number, reason: `${error.endpoint} refuses: ${error.message}` })
    }
    throw error
  }
}

async function readHeader(rpc: Rpc, { number, hash }: BlockName): Promise<NodeHeader> {
  const { value } = await rpc.call<NodeHeader>('eth_getBlockByHash', [hash, false], {
    priority: number,
    check: (header) => {
      checkHeader(header, { number, hash })
      const found = headerHash(header)
      if (found === hash) return
      throw new BadAnswer('untrusted', `the header of block ${number} hashes to ${found}, not to ${hash}`)
    },
  })
  return value
}

/** @returns undefined where no endpoint gives the receipts of a block at once */
async function readBlockReceipts(
  rpc: Rpc,
  header: NodeHeader,
  history: HistoryLogs,
): Promise<BlockEvidence | undefined> {
  const number = Number(header.number)
  let logs: readonly NodeLog[] = []
  try {
    const { value: receipts } = await rpc.call<readonly NodeReceipt[]>(
      'eth_getBlockReceipts',
      [header.hash],
      {
        priority: number,
        check: (answer) => {
          logs = checkReceipts(header, answer, history.filtersAt(number))
        },
      },
    )
    return { header, receipts, logs }
  } catch (error) {
    if (error instanceof RpcRejected) return undefined
    throw error
  }
}

/** One by one, by the hashes of the transactions: what a node without `eth_getBlockReceipts` gives. */
function readEachReceipt(rpc: Rpc, header: NodeHeader, history: HistoryLogs): Promise<BlockEvidence> {
  const number = Number(header.number)
  const hashes = ((header.transactions ?? []) as readonly unknown[]).map((hash) => String(hash).toLowerCase())
  return untilAgreed(rpc, `the receipts of block ${number}`, async (avoid) => {
    const answers = await rpc.callEach<NodeReceipt>(
      'eth_getTransactionReceipt',
      hashes.map((hash) => [hash]),
      { priority: number, avoid, check: (receipt, index) => checkReceipt(receipt, hashes[index]) },
    )
    const receipts = answers.map(({ value }) => value)
    const endpoints = new Set<EndpointName>(answers.map(({ endpoint }) => endpoint))
    try {
      return { header, receipts, logs: checkReceipts(header, receipts, history.filtersAt(number)) }
    } catch (error) {
      if (error instanceof BadAnswer) throw new Disagreement(error.message, endpoints)
      throw error
    }
  })
}

function checkReceipt(receipt: NodeReceipt | null, hash: string | undefined): void {
  if (receipt === null) throw new BadAnswer('behind', `the node has no receipt of transaction ${hash}`)
  if (String(receipt.transactionHash).toLowerCase() === hash) return
  throw new BadAnswer('untrusted', `the receipt of transaction ${hash} is of ${receipt.transactionHash}`)
}
