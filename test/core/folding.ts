import type { Address } from '../../src/core/address'
import { type AccountState, type Economy, GENESIS } from '../../src/core/economy'
import type { EconomyEvent, EventBlock } from '../../src/core/events'
import { accountsNeeded, fold, type State } from '../../src/core/fold'
import { isUnknown } from '../../src/core/known'
import type { Ledger, SnapshotRow } from '../../src/core/ledger'
import type { Policy } from '../../src/core/policy'
import { type Mark, type Span, spanOf } from '../../src/core/window'
import { blocksOf, type Draft, POLICY, START, sha256 } from '../support/history'

export const foldAll = (blocks: readonly EventBlock[], policy: Policy = POLICY): Ledger =>
  fold(START, blocks, policy, sha256)

/** Folds made-up events, one list for each block. */
export const foldOf = (...drafts: (readonly Draft[])[]): Ledger => foldAll(blocksOf(drafts))

/** The figures after the last block. */
export const last = (ledger: Ledger): Economy => ledger.snapshots.at(-1) ?? GENESIS

export const eventsOf = (blocks: readonly EventBlock[]): EconomyEvent[] =>
  blocks.flatMap(({ events }) => events)

export const sum = (amounts: Iterable<bigint>): bigint =>
  [...amounts].reduce((total, amount) => total + amount, 0n)

/** The state after a ledger, as the store would load it again. */
export function after(state: State, blocks: readonly EventBlock[], ledger: Ledger): State {
  const accounts = new Map<Address, AccountState | undefined>(state.accounts)
  for (const { address, ...account } of ledger.accounts) accounts.set(address, account)
  const snapshot = ledger.snapshots.at(-1)
  const { economy, digest, timestamp } =
    snapshot === undefined ? state : { ...snapshot, economy: onlyFigures(snapshot) }
  const broken = new Set([...state.broken, ...ledger.invariantBreaks.map(({ invariant }) => invariant)])
  const blockNumber = blocks.at(-1)?.block.number ?? state.blockNumber
  return { economy, digest, timestamp, broken, accounts, blockNumber }
}

/** Folds a batch as the indexer does: with the accounts that the batch asks for, and no others. */
export function foldBatch(state: State, batch: readonly EventBlock[]): Ledger {
  const needed = accountsNeeded(batch, POLICY)
  const accounts = new Map([...state.accounts].filter(([address]) => needed.has(address)))
  return fold({ ...state, accounts }, batch, POLICY, sha256)
}

/** The figures after the last block, with each block a batch of its own. */
export function lastOneByOne(...drafts: (readonly Draft[])[]): Economy {
  let state = START
  for (const block of blocksOf(drafts)) state = after(state, [block], foldBatch(state, [block]))
  return state.economy
}

function onlyFigures(snapshot: SnapshotRow): Economy {
  const { blockNumber, hash, parentHash, timestamp, digest, ...economy } = snapshot
  return economy
}

/** The span between two instants that the history covers, in unix seconds. */
export function spanBetween(ledger: Ledger, from: number, to: number, policy: Policy = POLICY): Span {
  const closing = markAt(ledger, to)
  if (closing === undefined) throw new RangeError('the history begins later')
  const span = spanOf('d1', { from, to }, markAt(ledger, from), closing, policy)
  if (isUnknown(span)) throw new RangeError(span.unknown)
  return span
}

/** The last figures that were written down at or before an instant. */
export function markAt({ snapshots }: Ledger, instant: number): Mark | undefined {
  const snapshot = snapshots.findLast(({ timestamp }) => timestamp <= instant)
  return snapshot && { economy: snapshot, timestamp: snapshot.timestamp }
}
