import type { Store } from '@subsquid/typeorm-store'
import { decodeLog, type EventSources } from '../chain/decode-log'
import type { SourceBlock } from '../chain/source/source-block'
import type { Hash } from '../core/address'
import { extendCoverage, type ReadBlock } from '../core/coverage'
import type { BlockRef, EconomyEvent, EventBlock } from '../core/events'
import { accountsNeeded, fold } from '../core/fold'
import type { InvariantBreakRow, UpgradeRow } from '../core/ledger'
import type { Policy } from '../core/policy'
import { type History, loadAccounts, loadHistory } from '../store/load-state'
import { skipIndexed } from '../store/skip-indexed'
import { transactionOf } from '../store/transaction'
import { writeBatch } from '../store/write-batch'
import { sha256 } from './deployment-identity'

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
  const transaction = await transactionOf(store)
  const { client } = transaction
  const history = await loadHistory(transaction, historySeed)
  const fresh = await skipIndexed(client, history.head, sourceBlocks)
  const blocks = fresh.map((block) => decodeBlock(block, sources))
  const head = blocks.at(-1)?.block
  if (head === undefined) return undefined
  const accounts = await loadAccounts(client, accountsNeeded(blocks, policy))
  const ledger = fold({ ...history.state, accounts }, blocks, policy, sha256)
  const coverage = extendCoverage(history.coverage, firstUncovered(history, policy), fresh.map(readBlock))
  await writeBatch(transaction, { ledger, head, coverage })
  const { eventCount } = ledger.snapshots.at(-1) ?? history.state.economy
  return { head, eventCount, invariantBreaks: ledger.invariantBreaks, upgrades: ledger.upgrades }
}

/** Reading goes on after the head of the index; the first block of all is the start block. */
function firstUncovered({ head }: History, { startBlock }: Policy): number {
  return head === undefined ? startBlock : head.blockNumber + 1
}

function readBlock({ header, coverage }: SourceBlock): ReadBlock {
  return { number: header.height, hash: header.hash, coverage }
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
    parentHash: header.parentHash as Hash | null,
    timestamp: Math.floor(header.timestamp / 1_000),
  }
  return { block, events }
}
