import type { Hash } from '../../core/address'
import type { NodeLog } from '../rpc/node-types'
import { BadAnswer, type Rpc } from '../rpc/rpc'
import { matchesFilter } from '../verify/matches-filter'
import type { BlockLogs } from './read-logs'
import type { Wanted } from './wanted-logs'

/** Who sent a transaction, and to whom; null where it made a contract. */
export interface Callers {
  readonly from: string
  readonly to: string | null
}

interface NodeTransaction extends Callers {
  readonly hash: Hash
  readonly blockHash: Hash | null
}

/** Reads the transactions of those logs of which they are wanted, by hash. */
export async function readTransactions(
  rpc: Rpc,
  blocks: readonly BlockLogs[],
  { withTransaction }: Wanted,
  priority: number,
): Promise<ReadonlyMap<Hash, Callers>> {
  if (withTransaction.length === 0) return new Map()
  const blockOf = new Map<Hash, Hash>()
  const isConcerned = (log: NodeLog): boolean => matchesFilter(log, withTransaction)
  for (const { hash, logs } of blocks) {
    for (const log of logs.filter(isConcerned)) blockOf.set(log.transactionHash, hash)
  }
  const hashes = [...blockOf.keys()]
  const answers = await rpc.callEach<NodeTransaction | null>(
    'eth_getTransactionByHash',
    hashes.map((hash) => [hash]),
    { priority, check: (transaction, index) => checkTransaction(transaction, hashes[index], blockOf) },
  )
  return new Map(
    answers.flatMap(({ value }) =>
      value === null ? [] : [[value.hash, { from: value.from, to: value.to }]],
    ),
  )
}

function checkTransaction(
  transaction: NodeTransaction | null,
  hash: Hash | undefined,
  blockOf: ReadonlyMap<Hash, Hash>,
): void {
  if (hash === undefined) return
  if (transaction === null) throw new BadAnswer('behind', `has no transaction ${hash}`)
  const { from, to, blockHash } = transaction
  if (typeof from !== 'string' || (typeof to !== 'string' && to !== null)) {
    throw new BadAnswer('malformed', `transaction ${hash} has no sender or receiver`)
  }
  if (transaction.hash !== hash || blockHash !== blockOf.get(hash)) {
    throw new BadAnswer('untrusted', `transaction ${hash} is in block ${blockHash}, not ${blockOf.get(hash)}`)
  }
}
