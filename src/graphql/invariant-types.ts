import 'reflect-metadata'
import { Field, Int, ObjectType } from 'type-graphql'
import type { InvariantName as Name, Verdict } from '../core/invariants'
import type { UnknownReason as Reason } from '../core/known'
import { Amount } from './basic-types'
import { InvariantName, InvariantStatus, UnknownReason } from './figure-enums'
import { BigIntScalar, DateTimeScalar } from './scalars'

@ObjectType({ description: 'One side of an invariant: an amount or a count. The other one is null.' })
export class InvariantSide {
  @Field(() => Amount, { nullable: true, description: 'The amount, where amounts are compared.' })
  amount!: Amount | null

  @Field(() => BigIntScalar, { nullable: true, description: 'The number, where things are counted.' })
  count!: bigint | null
}

@ObjectType({ description: 'The first block at which an invariant did not hold.' })
export class InvariantBreak {
  @Field(() => Int, { description: 'Block number.' })
  block!: number

  @Field(() => DateTimeScalar, { description: 'Time of the block.' })
  timestamp!: number

  @Field(() => InvariantSide, { description: 'What stands before the relation, at that block.' })
  left!: InvariantSide

  @Field(() => InvariantSide, { description: 'What stands after the relation, at that block.' })
  right!: InvariantSide
}

@ObjectType({ description: 'What must hold at every block. A broken one is an alarm.' })
export class Invariant {
  @Field(() => InvariantName, { description: 'Its name.' })
  name!: Name

  @Field(() => String, { description: 'What must hold, as one sentence.' })
  claim!: string

  @Field(() => InvariantStatus, { description: 'Whether it holds at the block of the answer.' })
  status!: Verdict['status']

  @Field(() => UnknownReason, { nullable: true, description: 'Why it cannot be judged; null where it can.' })
  reason!: Reason | null

  @Field(() => String, {
    nullable: true,
    description: 'The reason as a sentence; null where there is none.',
  })
  explanation!: string | null

  @Field(() => InvariantSide, {
    nullable: true,
    description: 'What stands before the relation; null where it cannot be judged.',
  })
  left!: InvariantSide | null

  @Field(() => String, { description: 'How both sides must relate: `=` or `≤`.' })
  relation!: Verdict['relation']

  @Field(() => InvariantSide, {
    nullable: true,
    description: 'What stands after the relation; null where it cannot be judged.',
  })
  right!: InvariantSide | null

  @Field(() => InvariantBreak, {
    nullable: true,
    description:
      'Where it first did not hold, even if it holds again; null where it held at every block up to this one, or could not be judged.',
  })
  firstBroken!: InvariantBreak | null
}
