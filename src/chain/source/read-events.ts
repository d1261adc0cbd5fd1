import type { Hash } from '../../core/address'
import type { EconomyEvent } from '../../core/events'
import type { Decode, RawLog } from '../decode-log'
import type { NodeLog } from '../rpc/node-types'
import type { Rpc } from '../rpc/rpc'
import type { BlockLogs } from './read-logs'
import { type Callers, readTransactions } from './read-transactions'
import type { Wanted } from './wanted-logs'

/** The events of one block, and what else is to be known of its logs. */
export interface BlockEvents {
  readonly number: number
  readonly hash: Hash
  /** In unix seconds; undefined where its logs do not tell. */
  readonly timestamp: number | undefined
  readonly events: readonly EconomyEvent[]
  readonly logCount: number
  /** Of the logs' data. */
  readonly bytes: number
}

/**
 * Decodes logs, with the transactions of those of which they are wanted.
 * @throws LogUndecodable (E3001)
 */
export async function readEvents(
  rpc: Rpc,
  blocks: readonly BlockLogs[],
  wanted: Wanted,
  priority: number,
): Promise<BlockEvents[]> {
  const callers = await readTransactions(rpc, blocks, wanted, priority)
  return blocks.map(({ number, hash, logs }) => {
    const timestamp = Number(logs[0]?.blockTimestamp)
    return {
      number,
      hash,
      timestamp: timestamp > 0 ? timestamp : undefined,
      events: eventsOf(logs, number, callers, wanted.decode),
      logCount: logs.length,
      bytes: logs.reduce((sum, { data }) => sum + data.length / 2 - 1, 0),
    }
  })
}

/**
 * The events that a block's logs say. Logs are decoded as soon as they count, for an event is a fifth of its log, and
 * many of them wait to be written.
 * @throws LogUndecodable (E3001)
 */
function eventsOf(
  logs: readonly NodeLog[],
  block: number,
  callers: ReadonlyMap<Hash, Callers>,
  decode: Decode,
): EconomyEvent[] {
  const events: EconomyEvent[] = []
  for (const log of logs) {
    const event = decode(rawLog(log, callers.get(log.transactionHash)), block)
    if (event !== undefined) events.push(event)
  }
  return events
}

function rawLog(log: NodeLog, transaction: Callers | undefined): RawLog {
  const { address, topics, data, logIndex, transactionHash } = log
  const raw = { address, topics: topics as string[], data, logIndex: Number(logIndex), transactionHash }
  return transaction === undefined ? raw : { ...raw, transaction }
}
