import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { SUPPLY } from '../core/figures/supply'
import type { Units } from '../read/units'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import type { UnknownFigure } from './figure-object'
import { Snapshot } from './snapshot-type'
import { spellFigures } from './spell-figures'

/** The columns of `snapshot` that can be null, each with the figure that says why. */
const NULLABLE = {
  genesisBlock: SUPPLY.genesisBlock,
  price: PRICE.price,
  priceSource: PRICE.source,
  priceBlock: PRICE.block,
} as const

/** The stored row itself. */
@Resolver()
export class SnapshotResolver {
  @Query(() => Snapshot, {
    description:
      'Every cumulative figure at the last block with events at or before a block, with its digest.',
  })
  async snapshot(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: BlockInput | null | undefined,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Snapshot> {
    const asOf = await asOfFor(context, block, info)
    const { economy, parentHash } = await context.reads.economyAt(asOf)
    const { block: blockNumber, ...identity } = asOf.snapshot
    const unknown = unknownColumns({ economy, policy: context.economy.policy }, context.units)
    return { ...economy, ...identity, blockNumber, parentHash, unknown, partial: asOf.partial, asOf }
  }
}

function unknownColumns(moment: Moment, units: Units): readonly UnknownFigure[] {
  return spellFigures(NULLABLE, moment, units).unknown
}
