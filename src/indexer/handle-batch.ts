import type { Store } from '@subsquid/typeorm-store'
import type { ClientBase } from 'pg'
import { eventBlock } from '../chain/source/event-block'
import type { SourceBlock } from '../chain/source/source-block'
import { sha256 } from '../chain/verify/sha256'
import type { Address, Hash } from '../core/address'
import { extendCoverage, type ReadBlock } from '../core/coverage'
import type { AccountState, KnownAccounts } from '../core/economy'
import type { BlockRef } from '../core/events'
import { accountsNeeded, fold } from '../core/fold'
import type { InvariantBreakRow, UpgradeRow } from '../core/ledger'
import type { Policy } from '../core/policy'
import { type History, historyAfter, loadAccounts, loadHistory } from '../store/load-state'
import { skipIndexed } from '../store/skip-indexed'
import { transactionOf } from '../store/transaction'
import { writeBatch } from '../store/write-batch'
import type { AccountMemory } from './account-memory'

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
  readonly historySeed: Hash
  readonly memory: AccountMemory
}

/**
 * Fold → write, for one batch in one transaction. Run twice, the second run changes nothing; run again after a rollback, it
 * gives the same rows. Of the batches before, only accounts are remembered, and only while the block that they were written
 * with is the newest stored one. If the transaction is rolled back after all, it is not, and they are loaded again.
 * @returns undefined if every block of the batch was indexed already.
 */
export async function handleBatch(
  store: Store,
  sourceBlocks: readonly SourceBlock[],
  { policy, historySeed, memory }: BatchRules,
): Promise<BatchResult | undefined> {
  const transaction = await transactionOf(store)
  const { client, entities } = transaction
  const history = leftIn.get(entities) ?? (await loadHistory(transaction, historySeed))
  const fresh = await skipIndexed(client, history.head, sourceBlocks)
  const blocks = fresh.map(eventBlock)
  const head = blocks.at(-1)?.block
  if (head === undefined) return undefined
  const accounts = await accountsOf(client, accountsNeeded(blocks, policy), memory.recall(history.head?.hash))
  const ledger = fold({ ...history.state, accounts }, blocks, policy, sha256)
  const coverage = extendCoverage(history.coverage, firstUncovered(history, policy), fresh.map(readBlock))
  await writeBatch(transaction, { ledger, head, coverage })
  for (const { address, ...account } of ledger.accounts) accounts.set(address, account)
  memory.remember(head.hash, accounts)
  leftIn.set(entities, historyAfter(history, { ledger, head, coverage }))
  const { eventCount } = ledger.snapshots.at(-1) ?? history.state.economy
  return { head, eventCount, invariantBreaks: ledger.invariantBreaks, upgrades: ledger.upgrades }
}

/**
 * What the last batch of a transaction left: blocks that may be undone are handed over one by one, and nobody else writes in
 * between. If the transaction is rolled back, it is gone with it.
 */
const leftIn = new WeakMap<object, History>()

/** The stored figures of some accounts; the database is asked only for those that are not known. */
async function accountsOf(
  client: ClientBase,
  needed: ReadonlySet<Address>,
  known: KnownAccounts,
): Promise<Map<Address, AccountState | undefined>> {
  const unknown = [...needed].filter((address) => !known.has(address))
  const loaded = unknown.length === 0 ? undefined : await loadAccounts(client, unknown)
  const accounts = new Map<Address, AccountState | undefined>()
  for (const address of needed) accounts.set(address, known.get(address) ?? loaded?.get(address))
  return accounts
}

/** Reading goes on after the head of the index; the first block of all is the start block. */
function firstUncovered({ head }: History, { startBlock }: Policy): number {
  return head === undefined ? startBlock : head.blockNumber + 1
}

function readBlock({ header, coverage }: SourceBlock): ReadBlock {
  return { number: header.height, hash: header.hash, coverage }
}
