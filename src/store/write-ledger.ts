import type { Store } from '@subsquid/typeorm-store'
import type { BlockRef } from '../core/events'
import type { Ledger } from '../core/ledger'
import {
  Account,
  Bucket,
  BucketInterval,
  Burn,
  BurnEvidence,
  BurnMode,
  BurnPurpose,
  EconomyContract,
  FlowDirection,
  FlowPurpose,
  Head,
  InvariantBreak,
  Price,
  PriceSource,
  Reward,
  Snapshot,
  Stake,
  StakeAction,
  Transfer,
  TreasuryFlow,
  Upgrade,
} from '../model'
import { bucketId, rowId, snapshotId } from './row-id'

/** Writes what a fold added. Through the store, so that an unfinalized block can be undone exactly. */
export async function writeLedger(store: Store, ledger: Ledger): Promise<void> {
  await store.upsert(
    ledger.accounts.map(({ address, ...account }) => new Account({ id: address, ...account })),
  )
  await store.insert(ledger.transfers.map((row) => new Transfer(columns(row))))
  await store.insert(
    ledger.burns.map(
      (row) =>
        new Burn({
          ...columns(row),
          purpose: BurnPurpose[row.purpose],
          evidence: BurnEvidence[row.evidence],
        }),
    ),
  )
  await store.insert(
    ledger.stakes.map((row) => new Stake({ ...columns(row), action: StakeAction[row.action] })),
  )
  await store.insert(ledger.rewards.map((row) => new Reward(columns(row))))
  await store.insert(
    ledger.treasuryFlows.map(
      (row) =>
        new TreasuryFlow({
          ...columns(row),
          direction: FlowDirection[row.direction],
          purpose: FlowPurpose[row.purpose],
        }),
    ),
  )
  await store.insert(
    ledger.prices.map((row) => new Price({ ...columns(row), source: PriceSource[row.source] })),
  )
  await store.insert(
    ledger.upgrades.map((row) => new Upgrade({ ...columns(row), contract: EconomyContract[row.contract] })),
  )
  await store.insert(
    ledger.snapshots.map(
      ({ priceSource, ...row }) =>
        new Snapshot({
          ...row,
          id: snapshotId(row),
          timestamp: dateOf(row.timestamp),
          burnMode: BurnMode[row.burnMode],
          priceSource: priceSource === null ? null : PriceSource[priceSource],
        }),
    ),
  )
  await store.upsert(
    ledger.buckets.map(
      ({ interval, start, closingBlock }) =>
        new Bucket({
          id: bucketId(interval, start),
          interval: BucketInterval[interval],
          start: dateOf(start),
          closingBlock,
        }),
    ),
  )
  await store.insert(
    ledger.invariantBreaks.map(
      ({ invariant, timestamp, ...row }) =>
        new InvariantBreak({ ...row, id: invariant, timestamp: dateOf(timestamp) }),
    ),
  )
}

/** Moves the head of the index: with every batch, events or not, so that staleness can be told. */
export async function writeHead(store: Store, block: BlockRef): Promise<void> {
  const { number: blockNumber, hash, timestamp } = block
  await store.upsert(new Head({ id: 'head', blockNumber, hash, timestamp: dateOf(timestamp) }))
}

function columns<Row extends { blockNumber: number; logIndex: number; timestamp: number }>(
  row: Row,
): Omit<Row, 'timestamp'> & { id: string; timestamp: Date } {
  return { ...row, id: rowId(row), timestamp: dateOf(row.timestamp) }
}

function dateOf(unixSeconds: number): Date {
  return new Date(unixSeconds * 1_000)
}
