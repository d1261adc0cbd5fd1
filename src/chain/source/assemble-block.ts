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
  const raw = {
    address: once(address),
    topics: topics.map(once),
    data,
    logIndex: Number(logIndex),
    transactionHash,
  }
  return transaction === undefined ? raw : { ...raw, transaction }
}

/** The same contracts, signatures and accounts come again and again: kept once, a log that waits is a third as big. */
const known = new Map<string, string>()
const MOST_KNOWN = 20_000

function once(text: string): string {
  const same = known.get(text)
  if (same !== undefined) return same
  // Starting over is rare and cheap; forgetting one by one would cost at every look-up.
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, text)
  return text
}
