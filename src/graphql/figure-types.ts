import 'reflect-metadata'
import { Field, ObjectType } from 'type-graphql'
import type { Address } from '../core/address'
import { FigureField, FigureFields } from './figure-fields'
import { FigureAnswer, FigureObject } from './figure-object'
import { AddressScalar } from './scalars'
import type { SpelledFigure } from './spell-figures'

// The figures of these types are the groups of the data dictionary: what is added there is served here.

@ObjectType({ description: 'What left the treasury, by purpose, in the stable asset.' })
@FigureFields(['treasury.outflow'])
export class TreasuryOutflow extends FigureObject {}

@ObjectType({ description: 'The protocol treasury, in the stable asset.' })
@FigureFields(['treasury'])
export class Treasury extends FigureAnswer {
  @Field(() => TreasuryOutflow, { description: 'Σ outflow by purpose.' })
  outflow!: TreasuryOutflow
}

@ObjectType({ description: 'The supply of the token: what exists, what circulates, what was destroyed.' })
@FigureFields(['supply'])
export class Supply extends FigureAnswer {}

@ObjectType({ description: 'Stakes, and the rewards paid to stakers.' })
@FigureFields(['staking'])
export class Staking extends FigureAnswer {}

@ObjectType({
  description:
    'Buying the token back. A buyback is not a burn: buying and burning can be separate transactions.',
})
@FigureFields(['buyback'])
export class Buyback extends FigureAnswer {}

@ObjectType({ description: 'The newest price of the token. No feed from outside the chain is asked.' })
@FigureFields(['price'], { nullable: true })
export class Price extends FigureAnswer {}

/** What `isEstimate` says, wherever usage is served. */
export const ESTIMATE_FIELD = {
  description: 'Always true: none of these figures is counted, each is a bound.',
} as const

@ObjectType({
  description:
    'What people paid for inference: an ESTIMATE between two bounds, for the chain shows only the treasury’s share of a job.',
})
@FigureFields(['usage'])
export class Usage extends FigureAnswer {
  @Field(() => Boolean, ESTIMATE_FIELD)
  isEstimate!: true
}

@ObjectType({ description: 'One claim of the revenue rule against what was done, over all time.' })
@FigureFields(['policy.burn', 'policy.rewards'])
export class PolicyLeg extends FigureObject {}

/** What the legs of the rule are for, wherever they are served. */
export const LEG_FIELDS = {
  burn: { description: 'Buys the token on the market and burns it.' },
  rewards: { description: 'Is paid to stakers.' },
} as const

@ObjectType({ description: 'The rule that splits revenue, against what was done, over all time.' })
export class Policy extends FigureAnswer {
  @FigureField('treasury', 'revenue')
  revenue!: SpelledFigure | null

  @Field(() => PolicyLeg, LEG_FIELDS.burn)
  burn!: PolicyLeg

  @Field(() => PolicyLeg, LEG_FIELDS.rewards)
  rewards!: PolicyLeg
}

@ObjectType({ description: 'One account; every amount is 0 for an account that no event has named.' })
@FigureFields(['account'])
export class AccountFigures extends FigureAnswer {
  @Field(() => AddressScalar, { description: 'The account.' })
  address!: Address
}
