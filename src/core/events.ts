import type { Address, Hash } from './address'

/** Where a log sits: `logIndex` counts within the block. */
interface Position {
  readonly logIndex: number
  readonly transactionHash: Hash
}

/** `Transfer(address,address,uint256)` of the token; `value` in token base units. */
export interface TransferEvent extends Position {
  readonly kind: 'transfer'
  readonly from: Address
  readonly to: Address
  readonly value: bigint
}

/** `Burn(address,uint256)` of the token; `value` in token base units. */
export interface BurnEvent extends Position {
  readonly kind: 'burn'
  readonly from: Address
  readonly value: bigint
}

/** `Stake(address,uint256)` of the staking contract; `amount` in token base units. */
export interface StakeEvent extends Position {
  readonly kind: 'stake'
  readonly account: Address
  readonly amount: bigint
}

/** `Unstake(address,uint256)` of the staking contract; `amount` in token base units. */
export interface UnstakeEvent extends Position {
  readonly kind: 'unstake'
  readonly account: Address
  readonly amount: bigint
}

/** `RewardPaid(address,uint256)` of the staking contract; `amount` in reward token base units. */
export interface RewardEvent extends Position {
  readonly kind: 'reward'
  readonly account: Address
  readonly amount: bigint
}

/** `Transfer` of the stable asset with a treasury wallet on at least one side; `value` in stable base units. */
export interface StableTransferEvent extends Position {
  readonly kind: 'stableTransfer'
  readonly from: Address
  readonly to: Address
  readonly value: bigint
}

/** Everything that the economy learns from the chain. Each quantity has exactly one owning event. */
export type EconomyEvent =
  | TransferEvent
  | BurnEvent
  | StakeEvent
  | UnstakeEvent
  | RewardEvent
  | StableTransferEvent

/** A block's identity; `timestamp` in unix seconds. */
export interface BlockRef {
  readonly number: number
  readonly hash: Hash
  readonly parentHash: Hash
  readonly timestamp: number
}

/** A block with the economy's events in it, in log order. */
export interface EventBlock {
  readonly block: BlockRef
  readonly events: readonly EconomyEvent[]
}
