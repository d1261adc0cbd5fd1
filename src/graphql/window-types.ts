import 'reflect-metadata'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { WindowName as Name } from '../core/window'
import { AsOf } from './basic-types'
import { Closing } from './closing-types'
import { FigureFields } from './figure-fields'
import { FigureObject } from './figure-object'
import { LEG_FIELDS } from './figure-types'
import { DateTimeScalar } from './scalars'

export const WindowName = {
  h1: 'h1',
  d1: 'd1',
  d7: 'd7',
  d30: 'd30',
  d365: 'd365',
  all: 'all',
} as const satisfies { readonly [Window in Name]: Window }

registerEnumType(WindowName, {
  name: 'WindowName',
  description: 'A length of time that ends at the instant of an answer.',
  valuesConfig: {
    h1: { description: 'One hour.' },
    d1: { description: '24 hours.' },
    d7: { description: '7 days.' },
    d30: { description: '30 days.' },
    d365: { description: '365 days.' },
    all: { description: 'Since the history began.' },
  },
})

export const SeriesInterval = { hour: 'HOUR', day: 'DAY', week: 'WEEK', month: 'MONTH' } as const

registerEnumType(SeriesInterval, {
  name: 'SeriesInterval',
  description: 'How long each bucket of a series is. All are in UTC.',
  valuesConfig: {
    hour: { description: 'An hour.' },
    day: { description: 'A day.' },
    week: { description: 'A week, from Monday on (ISO 8601).' },
    month: { description: 'A month of the calendar.' },
  },
})

@ObjectType({ description: 'One claim of the revenue rule against what was done, within a span of time.' })
@FigureFields(['window.policy.burn', 'window.policy.rewards'], { nullable: true })
export class WindowPolicyLeg extends FigureObject {}

@ObjectType({ description: 'The rule that splits revenue, against what was done within a span of time.' })
export class WindowPolicy {
  @Field(() => WindowPolicyLeg, LEG_FIELDS.burn)
  burn!: WindowPolicyLeg

  @Field(() => WindowPolicyLeg, LEG_FIELDS.rewards)
  rewards!: WindowPolicyLeg
}

@ObjectType()
@FigureFields(['window'], { nullable: true })
abstract class SpanFigures extends FigureObject {
  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  from!: number

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  to!: number

  @Field(() => WindowPolicy, { description: 'The rule that splits revenue, against what was done.' })
  policy!: WindowPolicy

  @Field(() => String, { description: 'What the projections suppose.' })
  projectionAssumption!: string
}

@ObjectType({
  description:
    'What happened in a window of time that ends at the instant of the answer, and at what rate. Of a window that begins before the history does, every figure is null.',
})
export class Window extends SpanFigures {
  @Field(() => WindowName, { description: 'Which window.' })
  name!: Name

  @Field(() => Boolean, {
    description:
      'Whether a figure depends on a contract whose history before its start block was left out. Changes since that block are whole; figures that are not are null.',
  })
  partial!: boolean

  @Field(() => AsOf, { description: 'The block at which the window ends.' })
  asOf!: AsOf
}

@ObjectType({
  description:
    'What changed in a bucket, and at what rate: from its start, or that of the history, to its end, or the instant of the answer.',
})
export class BucketChange extends SpanFigures {}

@ObjectType({
  description: 'One bucket of a series. There is one for each interval of time that the history covers.',
})
export class SeriesPoint {
  @Field(() => DateTimeScalar, { description: 'When the bucket begins; what happens then is in it.' })
  start!: number

  @Field(() => DateTimeScalar, { description: 'When the next one begins; what happens then is not in it.' })
  end!: number

  @Field(() => Boolean, {
    description: 'Whether it goes on after the instant of the answer: more may happen in it.',
  })
  isOpen!: boolean

  @Field(() => Boolean, {
    description: 'Whether any event is in it; where there is none, the figures stay as they were.',
  })
  hasEvents!: boolean

  @Field(() => Int, {
    description: 'Number of the block of the closing figures: the last one with events until it closed.',
  })
  closingBlock!: number

  @Field(() => Closing, { description: 'The cumulative figures when it closed.' })
  closing!: Closing

  @Field(() => BucketChange, { description: 'What changed in it.' })
  change!: BucketChange
}
