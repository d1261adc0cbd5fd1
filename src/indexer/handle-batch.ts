import type { Store } from '@subsquid/typeorm-store'
import { decodeLog, type EventSources, type RawLog } from '../chain/decode-log'
import type { Hash } from '../core/address'
import type { BlockRef, EconomyEvent, EventBlock } from '../core/events'
import { accountsNeeded, fold } from '../core/fold'
import type { InvariantBreakRow, UpgradeRow } from '../core/ledger'
import type { Policy } from '../core/policy'
import { loadState } from '../store/load-state'
import { skipIndexed } from '../store/skip-indexed'
import { writeHead, writeLedger } from '../store/write-ledger'
import { sha256 } from './deployment-identity'

/** A block as the SDK hands it over; timestamp in milliseconds. */
export interface SourceBlock {
  readonly header: {
    readonly height: number
    readonly hash: string
    readonly parentHash: string
    readonly timestamp: number
  }
  readonly logs: readonly RawLog[]
}

/** What a batch did, for whoever shows progress and raises alarms. */
export interface BatchResult {
  readonly head: BlockRef
  /** Events since the start of history. */
  readonly eventCount: number
  /** Invariants that had held until this batch. */
  readonly invariantBreaks: readonly InvariantBreakRow[]
  /** Contracts that got other code. */
  readonly upgrades: readonly UpgradeRow[]
}

export interface BatchRules {
  readonly policy: Policy
  readonly sources: EventSources
  readonly historySeed: Hash
}

/**
 * Decode → fold → write, for one batch in one transaction. Holds no memory: run twice, the second run changes
 * nothing; run again after a rollback, it gives the same rows.
 * @returns undefined if every block of the batch was indexed already.
 */
export async function handleBatch(
  store: Store,
  sourceBlocks: readonly SourceBlock[],
  { policy, sources, historySeed }: BatchRules,
): Promise<BatchResult | undefined> {
  const decoded = sourceBlocks.map((block) => decodeBlock(block, sources))
  const blocks = await skipIndexed(store, decoded)
  const last = blocks.at(-1)
  if (last === undefined) return undefined
  const state = await loadState(store, accountsNeeded(blocks, policy), historySeed)
  const ledger = fold(state, blocks, policy, sha256)
  await writeLedger(store, ledger)
  await writeHead(store, last.block)
  const { eventCount } = ledger.snapshots.at(-1) ?? state.economy
  return { head: last.block, eventCount, invariantBreaks: ledger.invariantBreaks, upgrades: ledger.upgrades }
}

function decodeBlock({ header, logs }: SourceBlock, sources: EventSources): EventBlock {
  const events: EconomyEvent[] = []
  for (const log of logs) {
    const event = decodeLog(log, sources, header.height)
    if (event !== undefined) events.push(event)
  }
  const block: BlockRef = {
    number: header.height,
    hash: header.hash as Hash,
    parentHash: header.parentHash as Hash,
    timestamp: Math.floor(header.timestamp / 1_000),
  }
  return { block, events }
}
