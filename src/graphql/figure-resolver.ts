import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Address } from '../core/address'
import { ACCOUNT } from '../core/figures/account'
import { BUYBACK } from '../core/figures/buyback'
import type { FigureGroup } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { USAGE } from '../core/figures/usage'
import { parseAddress } from '../read/parse-address'
import type { Units } from '../read/units'
import { AsOf } from './basic-types'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { AccountFigures, Buyback, Policy, Price, Staking, Supply, Treasury, Usage } from './figure-types'
import { AddressScalar } from './scalars'
import { answerFields, spellFigures } from './spell-figures'
import { spellPolicy, spellTreasury, spellUsage } from './spell-objects'

type Block = BlockInput | null | undefined

/** What the rule splits. */
const SPLIT = { revenue: TREASURY.revenue }

/** The figures at a block: fetched through `read/`, computed in `core/`, put into both spellings here. */
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
  treasury(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Treasury> {
    return answer([TREASURY, TREASURY_OUTFLOW], spellTreasury, block, context, info)
  }

  @Query(() => Supply, { description: 'The supply of the token: what exists, circulates and was destroyed.' })
  supply(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Supply> {
    return answer([SUPPLY], spelling(SUPPLY), block, context, info)
  }

  @Query(() => Staking, { description: 'Stakes, and the rewards paid to stakers.' })
  staking(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Staking> {
    return answer([STAKING], spelling(STAKING), block, context, info)
  }

  @Query(() => Buyback, { description: 'What buying the token back has cost and brought.' })
  buyback(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Buyback> {
    return answer([BUYBACK], spelling(BUYBACK), block, context, info)
  }

  @Query(() => Price, { description: 'The newest price of the token that was seen on the chain.' })
  price(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Price> {
    return answer([PRICE], spelling(PRICE), block, context, info)
  }

  @Query(() => Usage, { description: 'What people paid for inference: an ESTIMATE between two bounds.' })
  usage(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Usage> {
    return answer([USAGE], spellUsage, block, context, info)
  }

  @Query(() => Policy, { description: 'The rule that splits revenue, against what was done.' })
  policy(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Policy> {
    const spell = (moment: Moment, units: Units) =>
      Object.assign(spellFigures(SPLIT, moment, units), spellPolicy(moment, units))
    return answer([SPLIT, POLICY_BURN, POLICY_REWARDS], spell, block, context, info)
  }

  @Query(() => AccountFigures, { description: 'One account: balance, stake, rewards, share as a worker.' })
  async accountFigures(
    @Arg('address', () => AddressScalar, { description: 'The account.' }) party: Address,
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: Block,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountFigures> {
    const address = parseAddress(party)
    const asOf = await asOfFor(context, block, info)
    const account = await context.reads.accountAt(asOf, address)
    const { policy } = context.economy
    const figures = spellFigures(ACCOUNT, { account, policy }, context.units)
    return Object.assign(figures, { address }, answerFields(asOf, ACCOUNT))
  }
}

function spelling<Group extends FigureGroup<Moment>>(group: Group) {
  return (moment: Moment, units: Units) => spellFigures(group, moment, units)
}

/** Answers a root field whose figures are computed from the cumulative ones of its block. */
async function answer<Spelled extends object>(
  groups: readonly FigureGroup<never>[],
  spell: (moment: Moment, units: Units) => Spelled,
  block: Block,
  context: ApiContext,
  info: GraphQLResolveInfo,
): Promise<Spelled & ReturnType<typeof answerFields>> {
  const asOf = await asOfFor(context, block, info)
  const { economy } = await context.reads.economyAt(asOf)
  const figures = spell({ economy, policy: context.economy.policy }, context.units)
  return Object.assign(figures, answerFields(asOf, ...groups))
}
