import 'reflect-metadata'
import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { EconomyFile } from '../config/economy-file'
import type { Address } from '../core/address'
import { Amount, amountOf, Contract } from './basic-types'
import type { ApiContext } from './context'
import { AddressScalar } from './scalars'

@ObjectType({ description: 'The chain that the economy is on.' })
class Chain {
  @Field(() => Int, { description: 'Chain id (EIP-155).' })
  id!: number

  @Field(() => String, { description: 'Its name, as the operator calls it.' })
  name!: string

  @Field(() => String, {
    nullable: true,
    description:
      'A block explorer, without a slash at the end: /tx/…, /block/… and /address/… follow. Null where none is configured.',
  })
  explorer!: string | null
}

@ObjectType({ description: 'A token contract of the economy.' })
class Asset {
  @Field(() => AddressScalar, { description: 'Its contract.' })
  address!: Address

  @Field(() => String, { description: 'Its symbol.' })
  symbol!: string

  @Field(() => Int, {
    description: 'Digits after the point of one whole unit: one is 10^decimals base units.',
  })
  decimals!: number
}

@ObjectType({ description: 'How revenue is split, by the operator’s file.' })
class RevenueRule {
  @Field(() => Int, { description: 'Share of revenue that buys the token and burns it, in basis points.' })
  burnBps!: number

  @Field(() => Int, { description: 'Share of revenue that is paid to stakers, in basis points.' })
  rewardsBps!: number

  @Field(() => Int, {
    description: 'Share of a job’s value that a worker without a stake keeps, in basis points.',
  })
  unstakedWorkerBps!: number

  @Field(() => Int, {
    description: 'Share of a job’s value that a worker with a stake keeps, in basis points.',
  })
  stakedWorkerBps!: number

  @Field(() => Amount, { description: 'Stake from which a worker counts as one with a stake; 0: any stake.' })
  minimumWorkerStake!: Amount
}

@ObjectType({
  description: 'What is indexed, and by which rules: the operator’s file (README, "Your own economy").',
})
class EconomyRules {
  @Field(() => Chain, { description: 'The chain.' })
  chain!: Chain

  @Field(() => Asset, { description: '$ASHAO.' })
  token!: Asset

  @Field(() => Asset, { description: 'What the treasury is counted in.' })
  stable!: Asset

  @Field(() => AddressScalar, { description: 'The staking contract.' })
  staking!: Address

  @Field(() => Contract, { description: 'What rewards are paid in: token or stable.' })
  rewardToken!: 'token' | 'stable'

  @Field(() => [AddressScalar], { description: 'Wallets of the treasury.' })
  treasury!: readonly Address[]

  @Field(() => [AddressScalar], {
    description: 'Wallets that buy the token back: what they burn is a buyback burn.',
  })
  buyback!: readonly Address[]

  @Field(() => RevenueRule, { description: 'How revenue is split.' })
  policy!: RevenueRule
}

/** The operator's file, as far as readers of figures need it. */
@Resolver()
export class EconomyResolver {
  @Query(() => EconomyRules, { description: 'What is indexed, and by which rules. The same at every block.' })
  economy(@Ctx() { economy, units }: ApiContext): EconomyRules {
    const { chain, contracts, policy } = economy
    return {
      chain: { id: chain.id, name: chain.name, explorer: chain.explorer?.replace(/\/+$/, '') ?? null },
      token: assetOf(contracts.token),
      stable: assetOf(contracts.stable),
      staking: policy.staking,
      rewardToken: policy.rewardToken,
      treasury: [...policy.treasury],
      buyback: [...policy.buyback],
      policy: {
        burnBps: policy.burnBps,
        rewardsBps: policy.rewardsBps,
        unstakedWorkerBps: policy.unstakedWorkerBps,
        stakedWorkerBps: policy.stakedWorkerBps,
        minimumWorkerStake: amountOf(policy.minimumWorkerStake, units.token),
      },
    }
  }
}

function assetOf({ address, symbol, decimals }: EconomyFile['contracts']['token']): Asset {
  return { address, symbol, decimals }
}
