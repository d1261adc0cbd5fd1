import type { Hash } from '../../core/address'
import type { RawLog } from '../decode-log'
import type { NodeLog } from '../rpc/node-types'
import type { Callers } from './read-transactions'
import type { SourceBlock } from './source-block'

/** What identifies a block; `timestamp` in unix seconds. */
export interface Identity {
  readonly number: number
  readonly hash: Hash
  /** Null where the block's header was not needed. */
  readonly parentHash: Hash | null
  readonly timestamp: number
}

const NOBODY: ReadonlyMap<Hash, Callers> = new Map()

/** A block as the engine takes it. */
export function assembleBlock(
  { number, hash, parentHash, timestamp }: Identity,
  logs: readonly NodeLog[],
  callers: ReadonlyMap<Hash, Callers> = NOBODY,
): SourceBlock {
  return {
    header: { height: number, hash, parentHash, timestamp: timestamp * 1_000 },
    logs: logs.map((log) => rawLog(log, callers.get(log.transactionHash))),
  }
}

function rawLog(log: NodeLog, transaction: Callers | undefined): RawLog {
  const { address, topics, data, logIndex, transactionHash } = log
  const raw = { address, topics: topics as string[], data, logIndex: Number(logIndex), transactionHash }
  return transaction === undefined ? raw : { ...raw, transaction }
}
