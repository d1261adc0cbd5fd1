import 'reflect-metadata'
import { Extensions, Field, ObjectType } from 'type-graphql'
import type { Economy } from '../core/economy'
import { FigureFields } from './figure-fields'
import { FigureObject } from './figure-object'
import { ESTIMATE_FIELD, LEG_FIELDS, PolicyLeg, TreasuryOutflow } from './figure-types'

@ObjectType({ description: 'The supply of the token when a bucket closed.' })
@FigureFields(['supply'])
export class ClosingSupply extends FigureObject {}

@ObjectType({ description: 'The protocol treasury when a bucket closed.' })
@FigureFields(['treasury'])
export class ClosingTreasury extends FigureObject {
  @Field(() => TreasuryOutflow, { description: 'Σ outflow by purpose.' })
  outflow!: TreasuryOutflow
}

@ObjectType({ description: 'Stakes and rewards when a bucket closed.' })
@FigureFields(['staking'])
export class ClosingStaking extends FigureObject {}

@ObjectType({ description: 'Buying the token back, until a bucket closed.' })
@FigureFields(['buyback'])
export class ClosingBuyback extends FigureObject {}

@ObjectType({ description: 'The newest price of the token when a bucket closed.' })
@FigureFields(['price'], { nullable: true })
export class ClosingPrice extends FigureObject {}

@ObjectType({
  description: 'What people had paid for inference when a bucket closed: an ESTIMATE between two bounds.',
})
@FigureFields(['usage'])
export class ClosingUsage extends FigureObject {
  @Field(() => Boolean, ESTIMATE_FIELD)
  isEstimate!: true
}

@ObjectType({ description: 'The rule that splits revenue, against what had been done when a bucket closed.' })
export class ClosingPolicy {
  @Field(() => PolicyLeg, LEG_FIELDS.burn)
  burn!: PolicyLeg

  @Field(() => PolicyLeg, LEG_FIELDS.rewards)
  rewards!: PolicyLeg
}

@Extensions({ madeOf: (closing: Closing) => closing.economy })
@ObjectType({
  description: 'The cumulative figures when a bucket closed; of an open one, at the block of the answer.',
})
export class Closing {
  /** What its figures come from, all of them; the same object of the same closing, as long as that is kept. */
  readonly economy!: Economy

  @Field(() => ClosingSupply, { description: 'The supply of the token.' })
  supply!: ClosingSupply

  @Field(() => ClosingTreasury, { description: 'The protocol treasury.' })
  treasury!: ClosingTreasury

  @Field(() => ClosingStaking, { description: 'Stakes, and the rewards paid to stakers.' })
  staking!: ClosingStaking

  @Field(() => ClosingBuyback, { description: 'Buying the token back.' })
  buyback!: ClosingBuyback

  @Field(() => ClosingPrice, { description: 'The newest price of the token.' })
  price!: ClosingPrice

  @Field(() => ClosingUsage, { description: 'What people paid for inference; an estimate.' })
  usage!: ClosingUsage

  @Field(() => ClosingPolicy, { description: 'The rule that splits revenue, against what was done.' })
  policy!: ClosingPolicy
}
