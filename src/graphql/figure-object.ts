import 'reflect-metadata'
import { Field, ObjectType } from 'type-graphql'
import type { UnknownReason as Reason } from '../core/known'
import { AsOf } from './basic-types'
import { UnknownReason } from './figure-enums'

@ObjectType({ description: 'A figure that has no value, and why.' })
export class UnknownFigure {
  @Field(() => String, { description: 'Name of the field that is null.' })
  figure!: string

  @Field(() => UnknownReason, { description: 'Why it is null.' })
  reason!: Reason

  @Field(() => String, { description: 'The reason as a sentence.' })
  explanation!: string
}

/** What every object with figures has; the figures themselves come from the data dictionary. */
@ObjectType()
export abstract class FigureObject {
  @Field(() => [UnknownFigure], {
    description: 'The figures of this object that are null, each with the reason; empty if all are known.',
  })
  unknown!: readonly UnknownFigure[]
}

/** What every object has that answers a question by itself. */
@ObjectType()
export abstract class FigureAnswer extends FigureObject {
  @Field(() => Boolean, {
    description:
      'Whether any of these figures lacks the history before the start block of a contract that it depends on. Such figures count changes since that block, and can be negative.',
  })
  partial!: boolean

  @Field(() => AsOf, { description: 'The block at which these figures are true.' })
  asOf!: AsOf
}
