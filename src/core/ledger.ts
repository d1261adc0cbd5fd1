import type { Address, Hash } from './address'
import type { AccountState, Economy, PriceSource } from './economy'
import type { ContractName } from './events'
import type { InvariantName } from './invariants'
import type { BucketInterval } from './series'

/** Where a row comes from. `timestamp` in unix seconds. */
interface RowPosition {
  readonly blockNumber: number
  readonly logIndex: number
  readonly timestamp: number
  readonly transactionHash: Hash
}

export interface TransferRow extends RowPosition {
  readonly from: Address
  readonly to: Address
  readonly value: bigint
  /** Null for a mint: the zero address has no balance. */
  readonly fromBalance: bigint | null
  /** Null where the transfer destroys. */
  readonly toBalance: bigint | null
}

export type BurnPurpose = 'BUYBACK' | 'BRIDGE' | 'OTHER'
export type BurnEvidence = 'TRANSFER' | 'TRANSFER_AND_BURN' | 'BURN'

export interface BurnRow extends RowPosition {
  readonly burner: Address
  readonly value: bigint
  readonly purpose: BurnPurpose
  readonly evidence: BurnEvidence
  readonly burnerBalance: bigint
  readonly cumulativeBurn: bigint
}

export interface StakeRow extends RowPosition {
  readonly account: Address
  readonly action: 'STAKE' | 'UNSTAKE'
  readonly amount: bigint
  readonly accountStaked: bigint
  readonly staked: bigint
}

export interface RewardRow extends RowPosition {
  readonly account: Address
  readonly amount: bigint
  readonly accountRewardsPaid: bigint
  readonly rewardsPaid: bigint
}

export type FlowDirection = 'IN' | 'OUT' | 'WITHIN'
export type FlowPurpose = 'REVENUE' | 'INTERNAL' | 'BUYBACK' | 'REWARDS' | 'OTHER'

export interface TreasuryFlowRow extends RowPosition {
  readonly direction: FlowDirection
  readonly purpose: FlowPurpose
  readonly from: Address
  readonly to: Address
  readonly value: bigint
  readonly treasuryBalance: bigint
}

/** A price that was seen, stable asset for one whole token in units of 10⁻¹⁸, and the amounts that it is the quotient of. */
export interface PriceRow extends RowPosition {
  readonly source: PriceSource
  readonly price: bigint
  readonly stableAmount: bigint
  readonly tokenAmount: bigint
}

/** Other code answers at a contract of the economy. */
export interface UpgradeRow extends RowPosition {
  readonly contract: ContractName
  readonly implementation: Address
  /** Whether the contract had never spoken: then nothing that was decoded can have changed its meaning. */
  readonly isInstallation: boolean
}

/** One hour or one UTC day that has a snapshot; what changed in it is its closing snapshot less the one before it. */
export interface BucketRow {
  readonly interval: BucketInterval
  /** Unix seconds. */
  readonly start: number
  /** Block of the last snapshot in it. */
  readonly closingBlock: number
}

/** The block at which an invariant first did not hold, with both of its sides there. */
export interface InvariantBreakRow {
  readonly invariant: InvariantName
  readonly blockNumber: number
  readonly timestamp: number
  readonly left: bigint
  readonly right: bigint
}

/** Every cumulative figure at the end of one block, with the history digest up to and including it. */
export interface SnapshotRow extends Economy {
  readonly blockNumber: number
  readonly hash: Hash
  readonly parentHash: Hash | null
  readonly timestamp: number
  readonly digest: Hash
}

export interface AccountRow extends AccountState {
  readonly address: Address
}

/** What a run of blocks adds to storage. Rows are in chain order; `accounts` are those that changed. */
export interface Ledger {
  readonly transfers: readonly TransferRow[]
  readonly burns: readonly BurnRow[]
  readonly stakes: readonly StakeRow[]
  readonly rewards: readonly RewardRow[]
  readonly treasuryFlows: readonly TreasuryFlowRow[]
  readonly prices: readonly PriceRow[]
  readonly upgrades: readonly UpgradeRow[]
  readonly snapshots: readonly SnapshotRow[]
  /** Those that changed, each once, as they are after the last block. */
  readonly buckets: readonly BucketRow[]
  /** Those of invariants that had never been broken before. */
  readonly invariantBreaks: readonly InvariantBreakRow[]
  readonly accounts: readonly AccountRow[]
}
