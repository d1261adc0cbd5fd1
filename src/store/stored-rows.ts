import type { EntityClass } from '@subsquid/typeorm-store'
import type { CoverageRow } from '../core/coverage'
import type { BlockRef } from '../core/events'
import type { Ledger } from '../core/ledger'
import {
  Account,
  Bucket,
  Burn,
  Coverage,
  Head,
  InvariantBreak,
  Price,
  Reward,
  Snapshot,
  Stake,
  Transfer,
  TreasuryFlow,
  Upgrade,
} from '../model'
import { bucketId, rowId, snapshotId } from './row-id'

/** What one batch adds. */
export interface Batch {
  readonly ledger: Ledger
  /** The newest block, with or without events: the head of the index moves with every batch, so that staleness can be told. */
  readonly head: BlockRef
  /** Runs of blocks that were read, as they are now: those that are new, and the one that goes on. */
  readonly coverage: readonly CoverageRow[]
}

/**
 * Rows of one table. Their properties are the entity's columns, by the same names; times are in unix seconds.
 * Both writers go by this one description, so that neither can write what the other does not.
 */
export interface StoredRows<Row extends object = object> {
  readonly entity: EntityClass<{ id: string }>
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
}

/** Rows that are new: of the ledger, to which rows are only ever added. */
export function addedRows({ ledger }: Batch): readonly StoredRows[] {
  return [
    rowsOf(Transfer, ledger.transfers, rowId),
    rowsOf(Burn, ledger.burns, rowId),
    rowsOf(Stake, ledger.stakes, rowId),
    rowsOf(Reward, ledger.rewards, rowId),
    rowsOf(TreasuryFlow, ledger.treasuryFlows, rowId),
    rowsOf(Price, ledger.prices, rowId),
    rowsOf(Upgrade, ledger.upgrades, rowId),
    rowsOf(Snapshot, ledger.snapshots, snapshotId),
    rowsOf(InvariantBreak, ledger.invariantBreaks, ({ invariant }) => invariant),
  ]
}

/** Rows that are new or take the place of the one with the same id. */
export function mergedRows({ ledger, head, coverage }: Batch): readonly StoredRows[] {
  const { number: blockNumber, ...block } = head
  return [
    rowsOf(Account, ledger.accounts, ({ address }) => address),
    rowsOf(Bucket, ledger.buckets, ({ interval, start }) => bucketId(interval, start)),
    rowsOf(Coverage, coverage, ({ fromBlock }) => snapshotId({ blockNumber: fromBlock })),
    rowsOf(Head, [{ ...block, blockNumber }], () => 'head'),
  ]
}

function rowsOf<Row extends object>(
  entity: EntityClass<{ id: string }>,
  rows: readonly Row[],
  idOf: (row: Row) => string,
): StoredRows {
  // Rows and their id go together here, and nowhere else are they looked at apart.
  return { entity, rows, idOf: idOf as (row: object) => string }
}
