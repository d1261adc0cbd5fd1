import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Field, Info, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Address } from '../core/address'
import { Amount, amountOf } from './basic-types'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { AddressScalar } from './scalars'

@ObjectType({ description: 'A wallet whose tokens do not circulate.' })
class ExcludedWallet {
  @Field(() => AddressScalar, { description: 'The wallet.' })
  address!: Address

  @Field(() => String, { description: 'Whose it is.' })
  label!: string

  @Field(() => Int, {
    nullable: true,
    description:
      'Block from which on it is excluded; null for the treasury’s and the dead ones, which never circulated.',
  })
  fromBlock!: number | null

  @Field(() => Amount, { description: 'Its token balance at the block of the answer.' })
  balance!: Amount
}

/** What is behind circulatingSupply. */
@Resolver()
export class ExcludedWalletResolver {
  @Query(() => [ExcludedWallet], {
    description:
      'The wallets that do not circulate at a block, with their balances then: their sum is excludedBalance.',
  })
  async excludedWallets(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: BlockInput | null | undefined,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly ExcludedWallet[]> {
    const asOf = await asOfFor(context, block, info)
    const wallets = await context.reads.excludedWalletsAt(asOf)
    return wallets.map((wallet) => ({ ...wallet, balance: amountOf(wallet.balance, context.units.token) }))
  }
}
