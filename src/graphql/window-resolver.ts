import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, ArgsType, Ctx, Field, Info, Query, Resolver } from 'type-graphql'
import { WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS } from '../core/figures/window'
import type { SeriesInterval as Interval } from '../core/series'
import type { ClosingPoint } from '../core/series-points'
import { type WindowName as Name, WINDOW_NAMES } from '../core/window'
import { BLOCK_ARGUMENT, BlockInput } from './block-input'
import { closingColumns } from './closing-columns'
import { type ApiContext, asOfFor } from './context'
import { DateTimeScalar } from './scalars'
import { answerFields } from './spell-figures'
import { spellClosing, spellSpan } from './spell-objects'
import { SeriesInterval, SeriesPoint, Window, WindowName } from './window-types'

@ArgsType()
class SeriesArgs {
  @Field(() => SeriesInterval, { description: 'How long each bucket is.' })
  interval!: Interval

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The first bucket is the one that contains this time; if left out, there are a hundred, or as many as the history has.',
  })
  from?: number | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The last bucket is the one that contains this time; if left out, or later than the block, the one that contains the block.',
  })
  to?: number | null

  @Field(() => BlockInput, {
    ...BLOCK_ARGUMENT,
    description: 'The block at which the series ends; the newest indexed block if left out.',
  })
  block?: BlockInput | null
}

/** What happened in spans of time. */
@Resolver()
export class WindowResolver {
  @Query(() => [Window], {
    description: 'What happened in windows of time that end at the instant of the block, and at what rate.',
  })
  async windows(
    @Arg('names', () => [WindowName], {
      defaultValue: [...WINDOW_NAMES],
      description: 'Which windows, in this order; each comes once.',
    })
    names: Name[],
    @Arg('block', () => BlockInput, BLOCK_ARGUMENT) block: BlockInput | null | undefined,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Window[]> {
    const asOf = await asOfFor(context, block, info)
    const windows = await context.reads.windowsAt(asOf, [...new Set(names)])
    const fields = answerFields(asOf, WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS)
    return windows.map(({ name, span, ...bounds }) =>
      Object.assign(spellSpan(bounds, span, context.units), { name }, fields),
    )
  }

  @Query(() => [SeriesPoint], {
    description:
      'Buckets of time, oldest first, without gaps: what changed in each, and how it closed. A thousand at most; what the history does not cover is left out.',
  })
  async series(
    @Args(() => SeriesArgs) { interval, from, to, block }: SeriesArgs,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly (Omit<SeriesPoint, 'change'> & Partial<Pick<SeriesPoint, 'change'>>)[]> {
    const asOf = await asOfFor(context, block, info, 'reference')
    const request = { interval, from: from ?? undefined, to: to ?? undefined }
    const { reads, units, economy } = context
    const closing = ({ closing: { economy: closed } }: ClosingPoint) =>
      spellClosing({ economy: closed, policy: economy.policy }, units)
    const columns = closingColumns(info)
    if (columns !== undefined) {
      const points = await reads.closingsAt(asOf, request, columns)
      return points.map((point) => ({ ...point, closing: closing(point) }))
    }
    const points = await reads.seriesAt(asOf, request)
    return points.map((point) => ({
      ...point,
      closing: closing(point),
      // A thousand points have ninety thousand figures: only those are computed that are asked for.
      get change() {
        return spellSpan(point.span, point.span, units)
      },
    }))
  }
}
