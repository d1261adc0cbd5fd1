import 'reflect-metadata'
import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Hash } from '../core/address'
import type { CoverageSource as SourceName, Verification as VerificationName } from '../core/coverage'
import { MOST_RUNS, type CoverageRun as Run, type CoverageTotal as Total } from '../read/coverage'
import type { ApiContext } from './context'
import { CoverageSource, Verification } from './ledger-enums'
import { HashScalar } from './scalars'

@ObjectType()
abstract class WayOfReading {
  @Field(() => CoverageSource, { description: 'Where the blocks were read.' })
  source!: SourceName

  @Field(() => Verification, { description: 'What was to be checked of them.' })
  verification!: VerificationName

  @Field(() => Int, { description: 'How many blocks.' })
  blocks!: number

  @Field(() => Int, {
    description:
      'Of how many of them it was checked: all for BLOOM, those with events for RECEIPTS, those of the sampled ranges for QUORUM.',
  })
  blocksChecked!: number
}

@ObjectType({ description: 'A run of blocks that were read in one way.' })
class CoverageRun extends WayOfReading {
  @Field(() => ID, { description: 'Number of the first block, 10 digits.' })
  id!: string

  @Field(() => Int, { description: 'Number of the first block.' })
  fromBlock!: number

  @Field(() => Int, { description: 'Number of the last block.' })
  toBlock!: number

  @Field(() => HashScalar, { description: 'Hash of the last block.' })
  toHash!: Hash
}

@ObjectType({ description: 'All blocks that were read in one way.' })
class CoverageTotal extends WayOfReading {
  @Field(() => Int, { description: 'In how many runs they lie.' })
  runs!: number
}

@ArgsType()
class CoverageArgs {
  @Field(() => Int, { defaultValue: MOST_RUNS, description: `How many, 1 to ${MOST_RUNS}.` })
  first!: number

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the last one that you have: the page begins after it.',
  })
  after?: string | null
}

/** How the history was read. */
@Resolver()
export class CoverageResolver {
  @Query(() => [CoverageRun], {
    description:
      'How every indexed block was read and what was checked of it, oldest first and without a hole. Runs name their own blocks, so that none is asked for.',
  })
  coverage(
    @Args(() => CoverageArgs) { first, after }: CoverageArgs,
    @Ctx() { reads }: ApiContext,
  ): Promise<readonly Run[]> {
    return reads.coverage({ first, after: after ?? undefined })
  }

  @Query(() => [CoverageTotal], { description: 'How many indexed blocks were read in each way.' })
  coverageTotals(@Ctx() { reads }: ApiContext): Promise<readonly Total[]> {
    return reads.coverageTotals()
  }
}
