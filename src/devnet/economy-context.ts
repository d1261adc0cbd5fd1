import type { Address } from 'viem'
import type { TransactionSender } from './block-producer'
import type { Contracts } from './contracts'
import type { Random } from './random'
import type { Roles } from './roles'
import type { Rpc } from './rpc'

/** What the parts of the script share. Reads see the last closed block, never the one under construction. */
export interface EconomyContext {
  readonly rpc: Rpc
  readonly sender: TransactionSender
  readonly random: Random
  readonly roles: Roles
  readonly contracts: Contracts
  /** Stake of every staker in base units of $ASHAO, including the block under construction. */
  readonly stakes: Map<Address, bigint>
}
