import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, ArgsType, Ctx, Field, ID, Info, Int, Query, Resolver } from 'type-graphql'
import type { Address } from '../core/address'
import {
  burnLedger,
  type Entry,
  type Ledger,
  priceLedger,
  rewardLedger,
  stakeLedger,
  transferLedger,
  treasuryFlowLedger,
  upgradeLedger,
} from '../read/ledgers'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { OrderDirection } from './ledger-enums'
import { Burn, PriceObservation, Reward, Stake, Transfer, TreasuryFlow, Upgrade } from './ledger-types'
import { AddressScalar } from './scalars'

@ArgsType()
class PageArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many rows, 1 to 1000.' })
  first!: number

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the last row that you have: the page begins after it.',
  })
  after?: string | null

  @Field(() => OrderDirection, {
    defaultValue: OrderDirection.desc,
    description: 'In which order rows come.',
  })
  orderDirection!: keyof typeof OrderDirection

  @Field(() => BlockInput, {
    ...BLOCK_ARGUMENT,
    description: 'Only rows up to this block; the newest indexed block if left out.',
  })
  block?: BlockInput | null
}

/** Of ledgers whose rows name accounts. */
@ArgsType()
class AccountPageArgs extends PageArgs {
  @Field(() => AddressScalar, {
    nullable: true,
    description: 'Only rows that name this account, on any side.',
  })
  account?: Address | null
}

/** The ledger, page by page. */
@Resolver()
export class LedgerResolver {
  @Query(() => [Transfer], { description: 'Transfers of the token.' })
  transfers(
    @Args(() => AccountPageArgs) args: AccountPageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Transfer[]> {
    return page(transferLedger, args, context, info)
  }

  @Query(() => [Burn], { description: 'Tokens destroyed, each burn once.' })
  burns(
    @Args(() => AccountPageArgs) args: AccountPageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Burn[]> {
    return page(burnLedger, args, context, info)
  }

  @Query(() => [Stake], { description: 'Stake and Unstake events.' })
  stakes(
    @Args(() => AccountPageArgs) args: AccountPageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Stake[]> {
    return page(stakeLedger, args, context, info)
  }

  @Query(() => [Reward], { description: 'Rewards paid to stakers.' })
  rewards(
    @Args(() => AccountPageArgs) args: AccountPageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Reward[]> {
    return page(rewardLedger, args, context, info)
  }

  @Query(() => [TreasuryFlow], { description: 'Transfers of the stable asset into or out of the treasury.' })
  treasuryFlows(
    @Args(() => AccountPageArgs) args: AccountPageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly TreasuryFlow[]> {
    return page(treasuryFlowLedger, args, context, info)
  }

  @Query(() => [PriceObservation], { description: 'Prices of the token that were seen on the chain.' })
  prices(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly PriceObservation[]> {
    return page(priceLedger, args, context, info)
  }

  @Query(() => [Upgrade], { description: 'Upgrades of the contracts: each may have changed what they say.' })
  upgrades(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Upgrade[]> {
    return page(upgradeLedger, args, context, info)
  }
}

async function page<T extends Entry>(
  ledger: Ledger<T>,
  args: PageArgs & Pick<AccountPageArgs, 'account'>,
  context: ApiContext,
  info: GraphQLResolveInfo,
): Promise<readonly T[]> {
  const asOf = await asOfFor(context, args.block, info)
  return context.reads.ledger(ledger, asOf, {
    first: args.first,
    after: args.after ?? undefined,
    direction: args.orderDirection,
    account: args.account ?? undefined,
  })
}
