import type { Address, Hash } from './address'

/** Where a log sits: `logIndex` counts within the block. */
interface Position {
  readonly logIndex: number
  readonly transactionHash: Hash
}

/** Who made a transaction happen: its sender, and the contract that it called. */
interface Called {
  /** Known only where the economy has bridges: nothing else asks who called. */
  readonly callers?: readonly Address[]
}

/** `Transfer(address,address,uint256)` of the token; `value` in token base units. */
export interface TransferEvent extends Position, Called {
  readonly kind: 'transfer'
  readonly from: Address
  readonly to: Address
  readonly value: bigint
}

/** `Burn(address,uint256)` of the token; `value` in token base units. */
export interface BurnEvent extends Position, Called {
  readonly kind: 'burn'
  readonly from: Address
  readonly value: bigint
}

/** What staking contracts call the two things that they say of stakes; first the names that need no explanation. */
export const STAKE_EVENTS = ['Stake', 'Staked'] as const
export const UNSTAKE_EVENTS = ['Unstake', 'Unstaked', 'Withdrawn'] as const

/** `Stake(address,uint256)` of the staking contract, or its alias `Staked`; `amount` in token base units. */
export interface StakeEvent extends Position {
  readonly kind: 'stake'
  readonly name: (typeof STAKE_EVENTS)[number]
  readonly account: Address
  readonly amount: bigint
}

/** `Unstake(address,uint256)` of the staking contract, or its aliases `Unstaked` and `Withdrawn`; in token base units. */
export interface UnstakeEvent extends Position {
  readonly kind: 'unstake'
  readonly name: (typeof UNSTAKE_EVENTS)[number]
  readonly account: Address
  readonly amount: bigint
}

/** `RewardPaid(address,uint256)` of the staking contract; `amount` in reward token base units. */
export interface RewardEvent extends Position {
  readonly kind: 'reward'
  readonly account: Address
  readonly amount: bigint
}

/** `Transfer` of the stable asset with a treasury or buyback wallet on at least one side; in stable base units. */
export interface StableTransferEvent extends Position {
  readonly kind: 'stableTransfer'
  readonly from: Address
  readonly to: Address
  readonly value: bigint
}

/** `Sync(uint112,uint112)` of the configured Uniswap V2 pair: what it holds of both assets, in base units. */
export interface SyncEvent extends Position {
  readonly kind: 'sync'
  readonly tokenReserve: bigint
  readonly stableReserve: bigint
}

/** `Upgraded(address)` of one of the contracts (EIP-1967): other code answers there from now on. */
export interface UpgradeEvent extends Position {
  readonly kind: 'upgrade'
  readonly contract: ContractName
  readonly implementation: Address
}

/** The contracts of an economy, under their names in the economy file. */
export const CONTRACT_NAMES = ['token', 'staking', 'stable'] as const
export type ContractName = (typeof CONTRACT_NAMES)[number]

/** Everything that the economy learns from the chain. Each quantity has exactly one owning event. */
export type EconomyEvent =
  | TransferEvent
  | BurnEvent
  | StakeEvent
  | UnstakeEvent
  | RewardEvent
  | StableTransferEvent
  | SyncEvent
  | UpgradeEvent

/** A block's identity; `timestamp` in unix seconds. */
export interface BlockRef {
  readonly number: number
  readonly hash: Hash
  /** Null where the block was read without its header. */
  readonly parentHash: Hash | null
  readonly timestamp: number
}

/** A block with the economy's events in it, in log order. */
export interface EventBlock {
  readonly block: BlockRef
  readonly events: readonly EconomyEvent[]
}
