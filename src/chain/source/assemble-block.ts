import type { Hash } from '../../core/address'
import type { EconomyEvent } from '../../core/events'
import type { Decode, RawLog } from '../decode-log'
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

/** A block as the engine takes it. */
export function assembleBlock(
  { number, hash, parentHash, timestamp }: Identity,
  events: readonly EconomyEvent[],
): SourceBlock {
  return { header: { height: number, hash, parentHash, timestamp: timestamp * 1_000 }, events }
}

/**
 * The events that a block's logs say. Logs are decoded as soon as they count, for an event is a fifth of its log, and
 * many of them wait to be written.
 * @throws LogUndecodable (E3001)
 */
export function eventsOf(
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
