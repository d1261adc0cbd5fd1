import 'reflect-metadata'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { Hash } from '../core/address'
import type { BurnMode as BurnModeName } from '../core/economy'
import { AsOf, Contract } from './basic-types'
import { BigIntScalar, DateTimeScalar, HashScalar } from './scalars'

export const BurnMode = { UNKNOWN: 'UNKNOWN', TRANSFER: 'TRANSFER', BURN_EVENT: 'BURN_EVENT' } as const

registerEnumType(BurnMode, {
  name: 'BurnMode',
  description: 'How the token destroys.',
  valuesConfig: {
    UNKNOWN: { description: 'Nothing has been destroyed yet.' },
    TRANSFER: { description: 'Every burn is a Transfer to the zero address.' },
    BURN_EVENT: { description: 'Every burn is a Burn event without a Transfer.' },
  },
})

const units = (asset: string, definition: string) => ({
  description: `${definition}, in ${asset} base units.`,
})
const token = (definition: string) => units('token', definition)
const stable = (definition: string) => units('stable asset', definition)

@ObjectType({
  description: 'Every cumulative figure at the end of one block that has events, in base units.',
})
export class Snapshot {
  @Field(() => Int, { description: 'Number of the block with events.' })
  blockNumber!: number

  @Field(() => HashScalar, { description: 'Hash of that block.' })
  hash!: Hash

  @Field(() => HashScalar, { description: 'Hash of its parent.' })
  parentHash!: string

  @Field(() => DateTimeScalar, { description: 'Time of that block.' })
  timestamp!: number

  @Field(() => String, { description: 'History digest up to and including that block.' })
  digest!: string

  @Field(() => Int, { description: 'Events so far: everything that entered the digest.' })
  eventCount!: number

  @Field(() => Int, { description: 'Transfers of the token so far.' })
  transferCount!: number

  @Field(() => BigIntScalar, token('Σ Transfer from the zero address'))
  minted!: bigint

  @Field(() => BigIntScalar, token('Everything destroyed, each burn once'))
  destroyed!: bigint

  @Field(() => BigIntScalar, token('minted − destroyed'))
  totalSupply!: bigint

  @Field(() => BigIntScalar, token('destroyed − burnedByBridge'))
  cumulativeBurn!: bigint

  @Field(() => BigIntScalar, token('Destroyed by configured buyback addresses'))
  burnedByBuyback!: bigint

  @Field(() => BigIntScalar, token('Destroyed by configured bridges'))
  burnedByBridge!: bigint

  @Field(() => BigIntScalar, token('Destroyed by anyone else'))
  burnedByOther!: bigint

  @Field(() => BigIntScalar, token('Σ balances of the dead addresses'))
  deadBurn!: bigint

  @Field(() => BigIntScalar, token('totalSupply − deadBurn'))
  outstandingSupply!: bigint

  @Field(() => BigIntScalar, token('Σ balances of the wallets that do not circulate'))
  excludedBalance!: bigint

  @Field(() => BigIntScalar, token('totalSupply − excludedBalance'))
  circulatingSupply!: bigint

  @Field(() => Int, { description: 'Accounts with a balance.' })
  holders!: number

  @Field(() => BigIntScalar, token('Σ Stake − Σ Unstake'))
  staked!: bigint

  @Field(() => Int, { description: 'Accounts with a stake.' })
  stakers!: number

  @Field(() => BigIntScalar, units('reward token', 'Σ RewardPaid'))
  rewardsPaid!: bigint

  @Field(() => BigIntScalar, stable('Σ in − Σ out of the treasury'))
  treasuryBalance!: bigint

  @Field(() => BigIntScalar, stable('Σ inflow that the network earned'))
  treasuryRevenue!: bigint

  @Field(() => BigIntScalar, stable('Σ inflow from configured internal wallets'))
  treasuryInternalInflow!: bigint

  @Field(() => BigIntScalar, stable('Σ outflow to buyback addresses'))
  treasuryOutflowBuyback!: bigint

  @Field(() => BigIntScalar, stable('Σ outflow that funds rewards'))
  treasuryOutflowRewards!: bigint

  @Field(() => BigIntScalar, stable('Σ any other outflow'))
  treasuryOutflowOther!: bigint

  @Field(() => BurnMode, { description: 'How the token destroys, as far as is known.' })
  burnMode!: BurnModeName

  @Field(() => [Contract], {
    description: 'Contracts whose figures above lack the history before their start block.',
  })
  partial!: readonly (keyof typeof Contract)[]

  @Field(() => AsOf, { description: 'The block that was asked for.' })
  asOf!: AsOf
}
