import type { Hash } from '../../core/address'
import type { NodeLog, NodeReceipt } from '../rpc/node-types'
import { BadAnswer, type Rpc, RpcRejected } from '../rpc/rpc'
import { checkLogs } from '../verify/check-logs'
import { matchesFilter } from '../verify/matches-filter'
import { readLog } from '../verify/read-log'
import type { Wanted } from './wanted-logs'

/**
 * Reads the wanted logs of a block out of its receipts: what a node keeps apart from what it finds logs by, so that one
 * without the logs of a block yet has no receipts of it either. Nothing is proven by them here.
 * @returns undefined where no endpoint gives receipts
 */
export async function readReceiptLogs(
  rpc: Rpc,
  { number, hash }: { readonly number: number; readonly hash: Hash },
  wanted: Wanted,
  priority: number,
): Promise<readonly NodeLog[] | undefined> {
  let logs: readonly NodeLog[] = []
  const check = (receipts: unknown): void => {
    if (receipts === null) throw new BadAnswer('behind', `has no receipts of block ${number}`)
    if (!Array.isArray(receipts))
      throw new BadAnswer('malformed', `the receipts of block ${number} are no list`)
    const all = receipts.flatMap((receipt: Partial<NodeReceipt> | null) => receipt?.logs ?? [])
    // It is asked because of a bloom that is not empty: the block has some log, wanted or not.
    if (all.length === 0) throw new BadAnswer('behind', `has no logs in the receipts of block ${number}`)
    logs = all
      .map((log) => readLog(log, () => `a log in the receipts of block ${number}`))
      .filter((log) => matchesFilter(log, wanted.exactly))
    checkLogs(logs, { blockHash: hash, blockNumber: number, filters: wanted.exactly })
  }
  try {
    await rpc.call('eth_getBlockReceipts', [hash], { check, priority })
    return logs
  } catch (error) {
    if (error instanceof RpcRejected) return undefined
    throw error
  }
}
