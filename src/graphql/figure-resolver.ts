import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Address } from '../core/address'
import { workerShareBps } from '../core/policy'
import { type PolicyLeg as Leg, policyLegs } from '../core/policy-legs'
import { isPartial } from '../read/as-of'
import { AsOf, amountOf } from './basic-types'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { AccountFigures, Policy, Staking, Supply, Treasury } from './figure-types'
import { AddressScalar } from './scalars'
import { Snapshot } from './snapshot-type'

type Block = BlockInput | null | undefined

/** The figures: fetched through `read/`, put into both spellings here. */
@Resolver()
export class FigureResolver {
  @Query(() => AsOf, { description: 'The block that a question names: where it is in the history.' })
  asOf(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AsOf> {
    return asOfFor(context, block, info)
  }

  @Query(() => Treasury, { description: 'The protocol treasury: balance, revenue, outflow by purpose.' })
  async treasury(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Treasury> {
    const asOf = await asOfFor(context, block, info)
    const { economy } = await context.reads.economyAt(asOf)
    const stable = (value: bigint) => amountOf(value, context.units.stable)
    return {
      balance: stable(economy.treasuryBalance),
      revenue: stable(economy.treasuryRevenue),
      internalInflow: stable(economy.treasuryInternalInflow),
      outflow: {
        buyback: stable(economy.treasuryOutflowBuyback),
        rewards: stable(economy.treasuryOutflowRewards),
        other: stable(economy.treasuryOutflowOther),
      },
      partial: isPartial(asOf, ['stable']),
      asOf,
    }
  }

  @Query(() => Supply, { description: 'The supply of the token: what exists, circulates and was destroyed.' })
  async supply(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Supply> {
    const asOf = await asOfFor(context, block, info)
    const { economy } = await context.reads.economyAt(asOf)
    const token = (value: bigint) => amountOf(value, context.units.token)
    return {
      totalSupply: token(economy.totalSupply),
      outstandingSupply: token(economy.outstandingSupply),
      circulatingSupply: token(economy.circulatingSupply),
      maxSupply: token(context.economy.policy.maxSupply),
      minted: token(economy.minted),
      destroyed: token(economy.destroyed),
      cumulativeBurn: token(economy.cumulativeBurn),
      burnedByBuyback: token(economy.burnedByBuyback),
      burnedByBridge: token(economy.burnedByBridge),
      burnedByOther: token(economy.burnedByOther),
      deadBurn: token(economy.deadBurn),
      excludedBalance: token(economy.excludedBalance),
      holders: economy.holders,
      partial: isPartial(asOf, ['token']),
      asOf,
    }
  }

  @Query(() => Staking, { description: 'Stakes, and the rewards paid to stakers.' })
  async staking(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Staking> {
    const asOf = await asOfFor(context, block, info)
    const { economy } = await context.reads.economyAt(asOf)
    return {
      staked: amountOf(economy.staked, context.units.token),
      stakers: economy.stakers,
      rewardsPaid: amountOf(economy.rewardsPaid, context.units.reward),
      partial: isPartial(asOf, ['staking']),
      asOf,
    }
  }

  @Query(() => Policy, { description: 'The rule that splits revenue, against what was done.' })
  async policy(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Policy> {
    const asOf = await asOfFor(context, block, info)
    const { economy } = await context.reads.economyAt(asOf)
    const stable = (value: bigint) => amountOf(value, context.units.stable)
    const legOf = (leg: Leg) => ({
      bps: leg.bps,
      allocated: stable(leg.allocated),
      executed: stable(leg.executed),
      backlog: stable(leg.backlog),
    })
    const legs = policyLegs(economy, context.economy.policy)
    return {
      revenue: stable(economy.treasuryRevenue),
      burn: legOf(legs.burn),
      rewards: legOf(legs.rewards),
      partial: isPartial(asOf, ['stable']),
      asOf,
    }
  }

  @Query(() => AccountFigures, { description: 'One account: balance, stake, rewards, share as a worker.' })
  async account(
    @Arg('address', () => AddressScalar, { description: 'The account.' }) address: Address,
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountFigures> {
    const asOf = await asOfFor(context, block, info)
    const account = await context.reads.accountAt(asOf, address)
    return {
      address,
      balance: amountOf(account.balance, context.units.token),
      staked: amountOf(account.staked, context.units.token),
      rewardsPaid: amountOf(account.rewardsPaid, context.units.reward),
      workerShareBps: workerShareBps(context.economy.policy, account.staked),
      partial: isPartial(asOf, ['token', 'staking']),
      asOf,
    }
  }

  @Query(() => Snapshot, {
    description:
      'Every cumulative figure at the last block with events at or before a block, with its digest.',
  })
  async snapshot(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Snapshot> {
    const asOf = await asOfFor(context, block, info)
    const { economy, parentHash } = await context.reads.economyAt(asOf)
    const { block: blockNumber, ...identity } = asOf.snapshot
    return { ...economy, ...identity, blockNumber, parentHash, partial: asOf.partial, asOf }
  }
}
