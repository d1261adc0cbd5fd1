import 'reflect-metadata'
import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Address, Hash } from '../core/address'
import type { ReconciliationCheckRow, ReconciliationRow } from '../read/reconciliations'
import type { ApiContext } from './context'
import { ReconciliationResult, ReconciliationTrigger } from './figure-enums'
import { AddressScalar, BigIntScalar, DateTimeScalar, HashScalar } from './scalars'

@ObjectType({ description: 'One figure, compared with what its contract says.' })
class ReconciliationCheck {
  @Field(() => String, { description: 'Name of the figure.' })
  figure!: string

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'The account, where the figure is an account’s; else null.',
  })
  account!: Address | null

  @Field(() => BigIntScalar, { description: 'What was derived from the events, in base units.' })
  derived!: bigint

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'What the contract said, in base units; null where there is a gap.',
  })
  onChain!: bigint | null

  @Field(() => ReconciliationResult, { description: 'How both compare.' })
  result!: ReconciliationCheckRow['result']

  @Field(() => String, { nullable: true, description: 'Why there is a gap; null where there is none.' })
  reason!: string | null
}

@ObjectType({
  description: 'A comparison of derived figures with the contracts’ own views, all at one block hash.',
})
class Reconciliation {
  @Field(() => ID, { description: 'Unix milliseconds of the comparison, 13 digits.' })
  id!: string

  @Field(() => Int, { description: 'Number of the block.' })
  block!: number

  @Field(() => HashScalar, { description: 'Hash of the block.' })
  hash!: Hash

  @Field(() => DateTimeScalar, { description: 'Time of the block.' })
  timestamp!: number

  @Field(() => DateTimeScalar, { description: 'When it was compared.' })
  checkedAt!: number

  @Field(() => ReconciliationTrigger, { description: 'Why it was compared then.' })
  trigger!: ReconciliationRow['trigger']

  @Field(() => Int, { description: 'How many checks came out equal.' })
  equal!: number

  @Field(() => Int, { description: 'How many came out different: each is an alarm.' })
  different!: number

  @Field(() => Int, { description: 'How many came out with no answer.' })
  gaps!: number

  @Field(() => [ReconciliationCheck], { description: 'Everything that was compared.' })
  checks!: readonly ReconciliationCheck[]
}

@ArgsType()
class ReconciliationArgs {
  @Field(() => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' })
  first!: number

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the last one that you have: the page begins after it.',
  })
  after?: string | null
}

/** What the indexer found when it asked the contracts. */
@Resolver()
export class ReconciliationResolver {
  @Query(() => [Reconciliation], {
    description:
      'Comparisons of derived figures with the contracts’ own views, newest first. Each names its own block, so that none is asked for.',
  })
  reconciliations(
    @Args(() => ReconciliationArgs) { first, after }: ReconciliationArgs,
    @Ctx() context: ApiContext,
  ): Promise<readonly Reconciliation[]> {
    return context.reads.reconciliations({ first, after: after ?? undefined })
  }
}
