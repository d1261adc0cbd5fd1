import type { NodeLog } from '../../../src/chain/rpc/node-types'
import { hashOf } from '../../support/history'

export const CONTRACT = `0x${'c0'.repeat(20)}`
export const TOPIC = hashOf('topic')

/** A log as a node answers it; its block and transaction follow from the numbers. */
export function nodeLog(
  block: number,
  logIndex: number,
  transaction: number,
  changes: Partial<NodeLog> = {},
): NodeLog {
  return {
    address: CONTRACT,
    topics: [TOPIC],
    data: `0x${'00'.repeat(31)}01`,
    blockNumber: `0x${block.toString(16)}`,
    blockHash: hashOf(block),
    transactionHash: hashOf(`${block}/${transaction}`),
    transactionIndex: `0x${transaction.toString(16)}`,
    logIndex: `0x${logIndex.toString(16)}`,
    removed: false,
    ...changes,
  }
}
