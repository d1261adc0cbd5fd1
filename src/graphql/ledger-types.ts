import 'reflect-metadata'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Address, Hash } from '../core/address'
import type { BurnEntry, PriceEntry, StakeEntry, TreasuryFlowEntry, UpgradeEntry } from '../read/ledgers'
import { Contract } from './basic-types'
import { PriceSource } from './figure-enums'
import { BurnEvidence, BurnPurpose, FlowDirection, FlowPurpose, StakeAction } from './ledger-enums'
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar, HashScalar } from './scalars'

@ObjectType()
abstract class LedgerRow {
  @Field(() => ID, {
    description: 'Block number (10 digits), -, log index (6 digits): text order is chain order.',
  })
  id!: string

  @Field(() => Int, { description: 'Number of the block of the event.' })
  blockNumber!: number

  @Field(() => Int, { description: 'Index of the event’s log within its block.' })
  logIndex!: number

  @Field(() => DateTimeScalar, { description: 'Time of the block.' })
  timestamp!: number

  @Field(() => HashScalar, { description: 'Hash of the transaction of the event.' })
  transactionHash!: Hash
}

@ObjectType({ description: 'A Transfer of the token, with both parties’ balances after it.' })
export class Transfer extends LedgerRow {
  @Field(() => AddressScalar, { description: 'Sender; the zero address for a mint.' })
  from!: Address

  @Field(() => AddressScalar, { description: 'Receiver; the zero address where the transfer destroys.' })
  to!: Address

  @Field(() => BigIntScalar, { description: 'Amount, in token base units.' })
  value!: bigint

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Balance of `from` after this transfer, in token base units; null for a mint.',
  })
  fromBalance!: bigint | null

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Balance of `to` after this transfer, in token base units; null where it destroys.',
  })
  toBalance!: bigint | null
}

@ObjectType({ description: 'Tokens destroyed, each burn once.' })
export class Burn extends LedgerRow {
  @Field(() => AddressScalar, { description: 'Whose tokens were destroyed.' })
  burner!: Address

  @Field(() => BigIntScalar, { description: 'Amount, in token base units.' })
  value!: bigint

  @Field(() => BurnPurpose, { description: 'Why they were destroyed.' })
  purpose!: BurnEntry['purpose']

  @Field(() => BurnEvidence, { description: 'Which events stated it.' })
  evidence!: BurnEntry['evidence']

  @Field(() => BigIntScalar, { description: 'Balance of `burner` after this burn, in token base units.' })
  burnerBalance!: bigint

  @Field(() => BigIntScalar, { description: 'Figure cumulativeBurn after this burn, in token base units.' })
  cumulativeBurn!: bigint
}

@ObjectType({ description: 'A Stake or Unstake event of the staking contract.' })
export class Stake extends LedgerRow {
  @Field(() => AddressScalar, { description: 'Whose stake changed.' })
  account!: Address

  @Field(() => StakeAction, { description: 'Whether the stake grew or shrank.' })
  action!: StakeEntry['action']

  @Field(() => BigIntScalar, { description: 'By how much, in token base units.' })
  amount!: bigint

  @Field(() => BigIntScalar, { description: 'Stake of `account` after this event, in token base units.' })
  accountStaked!: bigint

  @Field(() => BigIntScalar, { description: 'Figure staked after this event, in token base units.' })
  staked!: bigint
}

@ObjectType({ description: 'A RewardPaid event of the staking contract.' })
export class Reward extends LedgerRow {
  @Field(() => AddressScalar, { description: 'Who was paid.' })
  account!: Address

  @Field(() => BigIntScalar, { description: 'How much, in reward token base units.' })
  amount!: bigint

  @Field(() => BigIntScalar, {
    description: 'Σ RewardPaid to `account` after this event, in reward token base units.',
  })
  accountRewardsPaid!: bigint

  @Field(() => BigIntScalar, {
    description: 'Figure rewardsPaid after this event, in reward token base units.',
  })
  rewardsPaid!: bigint
}

@ObjectType({ description: 'A Transfer of the stable asset into or out of the treasury.' })
export class TreasuryFlow extends LedgerRow {
  @Field(() => FlowDirection, { description: 'Which way it went.' })
  direction!: TreasuryFlowEntry['direction']

  @Field(() => FlowPurpose, { description: 'Why it happened.' })
  purpose!: TreasuryFlowEntry['purpose']

  @Field(() => AddressScalar, { description: 'Sender.' })
  from!: Address

  @Field(() => AddressScalar, { description: 'Receiver.' })
  to!: Address

  @Field(() => BigIntScalar, { description: 'Amount, in stable asset base units.' })
  value!: bigint

  @Field(() => BigIntScalar, {
    description: 'Figure treasury.balance after this flow, in stable asset base units.',
  })
  treasuryBalance!: bigint
}

@ObjectType({ description: 'A price of the token that was seen on the chain.' })
export class PriceObservation extends LedgerRow {
  @Field(() => PriceSource, { description: 'Where it was seen.' })
  source!: PriceEntry['source']

  @Field(() => DecimalScalar, {
    description: 'Stable asset for one whole token: stableAmount ÷ tokenAmount, rounded down to 10⁻¹⁸.',
  })
  price!: bigint

  @Field(() => BigIntScalar, {
    description: 'What was paid, or what the pair held, in stable asset base units.',
  })
  stableAmount!: bigint

  @Field(() => BigIntScalar, {
    description: 'What was got for it, or what the pair held, in token base units.',
  })
  tokenAmount!: bigint
}

@ObjectType({
  description: 'An `Upgraded` event of a contract: other code answers there from now on.',
})
export class Upgrade extends LedgerRow {
  @Field(() => Contract, { description: 'The contract.' })
  contract!: UpgradeEntry['contract']

  @Field(() => AddressScalar, { description: 'Address of the new code.' })
  implementation!: Address

  @Field(() => Boolean, {
    description:
      'Whether the contract had never spoken before: a proxy’s own installation, which is no upgrade.',
  })
  isInstallation!: boolean
}
