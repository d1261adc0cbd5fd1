import 'reflect-metadata'
import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Address, Hash } from '../core/address'
import { unitOfReconciled } from '../core/reconciliation'
import {
  MOST_RECONCILIATIONS,
  RECONCILIATIONS_BY_DEFAULT,
  type ReconciliationCheckRow,
  type ReconciliationRow,
} from '../read/reconciliations'
import type { Units } from '../read/units'
import { Amount, amountOf } from './basic-types'
import type { ApiContext } from './context'
import { ReconciliationResult, ReconciliationTrigger } from './figure-enums'
import { AddressScalar, DateTimeScalar, HashScalar } from './scalars'

@ObjectType()
abstract class ComparedFigure {
  @Field(() => String, { description: 'Name of the figure.' })
  figure!: string

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'The account, where the figure is an account’s; else null.',
  })
  account!: Address | null

  @Field(() => Amount, {
    nullable: true,
    description: 'What was derived from the events; null where only another release knows the figure.',
  })
  derived!: Amount | null
}

@ObjectType({ description: 'One figure, compared with what its contract says.' })
class ReconciliationCheck extends ComparedFigure {
  @Field(() => Amount, {
    nullable: true,
    description:
      'What the contract said; null where there is a gap, and where only another release knows the figure.',
  })
  onChain!: Amount | null

  @Field(() => ReconciliationResult, { description: 'How both compare.' })
  result!: ReconciliationCheckRow['result']

  @Field(() => String, { nullable: true, description: 'Why there is a gap; null where there is none.' })
  reason!: string | null
}

@ObjectType({ description: 'A difference that was found and not found equal since.' })
class StandingDifference extends ComparedFigure {
  @Field(() => Amount, {
    nullable: true,
    description: 'What the contract said; null where only another release knows the figure.',
  })
  onChain!: Amount | null

  @Field(() => Int, { description: 'Number of the block at which it was last found.' })
  block!: number

  @Field(() => HashScalar, { description: 'Hash of that block.' })
  hash!: Hash
}

@ObjectType({
  description: 'A comparison of derived figures with the contracts’ own views, all at one block hash.',
})
class Reconciliation {
  @Field(() => ID, { description: '13 digits, in the order in which they were stored.' })
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

  @Field(() => [StandingDifference], {
    description: 'Differences that stand after it: found by it, or before and not found equal since.',
  })
  standing!: readonly StandingDifference[]
}

@ArgsType()
class ReconciliationArgs {
  @Field(() => Int, {
    defaultValue: RECONCILIATIONS_BY_DEFAULT,
    description: `How many, 1 to ${MOST_RECONCILIATIONS}.`,
  })
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
  async reconciliations(
    @Args(() => ReconciliationArgs) { first, after }: ReconciliationArgs,
    @Ctx() context: ApiContext,
  ): Promise<readonly Reconciliation[]> {
    const rows = await context.reads.reconciliations({ first, after: after ?? undefined })
    return rows.map(({ checks, standing, ...row }) => ({
      ...row,
      checks: checks.map((check) => ({ ...check, ...spellCompared(check, context.units) })),
      standing: standing.map((difference) => ({
        ...difference,
        ...spellCompared(difference, context.units),
      })),
    }))
  }
}

type Compared = Pick<ReconciliationCheckRow, 'figure' | 'derived' | 'onChain'>

function spellCompared(
  { figure, derived, onChain }: Compared,
  units: Units,
): { derived: Amount | null; onChain: Amount | null } {
  const unit = unitOfReconciled(figure)
  if (unit === undefined) return { derived: null, onChain: null }
  return {
    derived: amountOf(derived, units[unit]),
    onChain: onChain === null ? null : amountOf(onChain, units[unit]),
  }
}
