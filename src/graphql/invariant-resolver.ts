import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql'
import { UNKNOWN_REASONS } from '../core/known'
import type { InvariantAt } from '../read/invariants-at'
import type { Units } from '../read/units'
import { amountOf } from './basic-types'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { type ApiContext, asOfFor } from './context'
import { Invariant, type InvariantSide } from './invariant-types'

/** The alarms. */
@Resolver()
export class InvariantResolver {
  @Query(() => [Invariant], { description: 'What must hold, and whether it does and always did.' })
  async invariants(
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: BlockInput | null | undefined,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Invariant[]> {
    const asOf = await asOfFor(context, block, info)
    const invariants = await context.reads.invariantsAt(asOf)
    return invariants.map((invariant) => spellInvariant(invariant, context.units))
  }
}

function spellInvariant(invariant: InvariantAt, units: Units): Invariant {
  const { unit, left, right, reason, firstBroken, ...known } = invariant
  // Sides that cannot be compared may lack history, or be of another asset than the unit says.
  const isJudged = known.status !== 'UNKNOWN'
  const side = (value: bigint): InvariantSide =>
    unit === 'count' ? { amount: null, count: value } : { amount: amountOf(value, units[unit]), count: null }
  return {
    ...known,
    left: isJudged ? side(left) : null,
    right: isJudged ? side(right) : null,
    reason,
    explanation: reason && UNKNOWN_REASONS[reason],
    firstBroken: firstBroken && {
      ...firstBroken,
      left: side(firstBroken.left),
      right: side(firstBroken.right),
    },
  }
}
