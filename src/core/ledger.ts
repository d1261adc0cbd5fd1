import type { Address, Hash } from './address'
import type { AccountState, Economy } from './economy'

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

/** Every cumulative figure at the end of one block, with the history digest up to and including it. */
export interface SnapshotRow extends Economy {
  readonly blockNumber: number
  readonly hash: Hash
  readonly parentHash: Hash
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
  readonly snapshots: readonly SnapshotRow[]
  readonly accounts: readonly AccountRow[]
}
