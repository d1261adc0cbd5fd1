import 'reflect-metadata'
import { Field, Int, ObjectType } from 'type-graphql'
import type { Hash } from '../core/address'
import type { BurnMode, PriceSource } from '../core/economy'
import { AsOf, Contract } from './basic-types'
import { ColumnField } from './figure-fields'
import { FigureObject } from './figure-object'
import { BigIntScalar, DateTimeScalar, HashScalar } from './scalars'

/** Columns that no figure of the data dictionary is stored in: counters, and what figures are computed from. */
const PLAIN = {
  eventCount: { description: 'Events so far: everything that entered the digest.' },
  transferCount: { description: 'Transfers of the token so far.' },
  stakeCount: { description: 'Stake and Unstake events so far.' },
  upgradeCount: { description: '`Upgraded` events of the contracts after they began to speak.' },
  stakeEvent: {
    nullable: true,
    description: 'Name of the event by which stake grows, found out from the first one; null before it.',
  },
  unstakeEvent: {
    nullable: true,
    description: 'Name of the event by which stake shrinks, found out from the first one; null before it.',
  },
  balanceSum: {
    description:
      'Σ balances of all accounts, added up account by account, in token base units: what totalSupply must equal.',
  },
  stakeSum: {
    description:
      'Σ stakes of all accounts, added up account by account, in token base units: what staked must equal.',
  },
  stakeSeconds: { description: '∫ staked dt, in token base units × seconds.' },
  unpricedStakeSeconds: {
    description: 'Part of stakeSeconds during which no price was known, in token base units × seconds.',
  },
  stakeValueSeconds: {
    description:
      '∫ staked × price dt, in token base units × 10⁻¹⁸ whole stable units per whole token × seconds.',
  },
} as const

@ObjectType({
  description:
    'Every cumulative figure at the end of one block that has events, as it is stored: amounts in base units.',
})
export class Snapshot extends FigureObject {
  @Field(() => Int, { description: 'Number of the block with events.' })
  blockNumber!: number

  @Field(() => HashScalar, { description: 'Hash of that block.' })
  hash!: Hash

  @Field(() => HashScalar, {
    nullable: true,
    description: 'Hash of its parent; null where history was read without the headers of blocks.',
  })
  parentHash!: string | null

  @Field(() => DateTimeScalar, { description: 'Time of that block.' })
  timestamp!: number

  @Field(() => String, { description: 'History digest up to and including that block.' })
  digest!: string

  @Field(() => Int, PLAIN.eventCount)
  eventCount!: number

  @Field(() => Int, PLAIN.transferCount)
  transferCount!: number

  @Field(() => Int, PLAIN.stakeCount)
  stakeCount!: number

  @Field(() => Int, PLAIN.upgradeCount)
  upgradeCount!: number

  @Field(() => String, PLAIN.stakeEvent)
  stakeEvent!: string | null

  @Field(() => String, PLAIN.unstakeEvent)
  unstakeEvent!: string | null

  @ColumnField({ nullable: true })
  genesisBlock!: number | null

  @ColumnField()
  minted!: bigint

  @ColumnField()
  mintedAfterGenesis!: bigint

  @ColumnField()
  mintedByBridge!: bigint

  @ColumnField()
  destroyed!: bigint

  @ColumnField()
  totalSupply!: bigint

  @ColumnField()
  cumulativeBurn!: bigint

  @ColumnField()
  burnedByBuyback!: bigint

  @ColumnField()
  burnedByBridge!: bigint

  @ColumnField()
  burnedByOther!: bigint

  @ColumnField()
  deadBurn!: bigint

  @ColumnField()
  outstandingSupply!: bigint

  @ColumnField()
  excludedBalance!: bigint

  @ColumnField()
  circulatingSupply!: bigint

  @ColumnField()
  liquidFloat!: bigint

  @Field(() => BigIntScalar, PLAIN.balanceSum)
  balanceSum!: bigint

  @ColumnField()
  holders!: number

  @ColumnField()
  staked!: bigint

  @ColumnField()
  excludedStake!: bigint

  @Field(() => BigIntScalar, PLAIN.stakeSum)
  stakeSum!: bigint

  @Field(() => BigIntScalar, PLAIN.stakeSeconds)
  stakeSeconds!: bigint

  @Field(() => BigIntScalar, PLAIN.unpricedStakeSeconds)
  unpricedStakeSeconds!: bigint

  @Field(() => BigIntScalar, PLAIN.stakeValueSeconds)
  stakeValueSeconds!: bigint

  @ColumnField()
  stakers!: number

  @ColumnField()
  rewardsPaid!: bigint

  @ColumnField()
  treasuryBalance!: bigint

  @ColumnField()
  treasuryRevenue!: bigint

  @ColumnField()
  treasuryInternalInflow!: bigint

  @ColumnField()
  treasuryOutflowBuyback!: bigint

  @ColumnField()
  treasuryOutflowRewards!: bigint

  @ColumnField()
  treasuryOutflowOther!: bigint

  @ColumnField()
  buybackPaid!: bigint

  @ColumnField()
  buybackBought!: bigint

  @ColumnField({ nullable: true })
  price!: bigint | null

  @ColumnField({ nullable: true })
  priceSource!: PriceSource | null

  @ColumnField({ nullable: true })
  priceBlock!: number | null

  @ColumnField()
  burnMode!: BurnMode

  @Field(() => [Contract], {
    description: 'Contracts whose figures above lack the history before their start block.',
  })
  partial!: readonly (keyof typeof Contract)[]

  @Field(() => AsOf, { description: 'The block that was asked for.' })
  asOf!: AsOf
}
