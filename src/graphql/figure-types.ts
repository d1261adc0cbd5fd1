import 'reflect-metadata'
import { Field, Int, ObjectType } from 'type-graphql'
import type { Address } from '../core/address'
import { Amount, AsOf } from './basic-types'
import { AddressScalar } from './scalars'

@ObjectType()
abstract class Figures {
  @Field(() => Boolean, {
    description:
      'Whether these figures lack the history before the start block of a contract that they depend on. They then count changes since that block, and can be negative.',
  })
  partial!: boolean

  @Field(() => AsOf, { description: 'The block at which these figures are true.' })
  asOf!: AsOf
}

@ObjectType({ description: 'What left the treasury, by purpose, in the stable asset.' })
export class TreasuryOutflow {
  @Field(() => Amount, { description: 'Σ outflow to the configured buyback addresses.' })
  buyback!: Amount

  @Field(() => Amount, { description: 'Σ outflow to the staking contract or a configured distributor.' })
  rewards!: Amount

  @Field(() => Amount, { description: 'Σ any other outflow.' })
  other!: Amount
}

@ObjectType({ description: 'The protocol treasury, in the stable asset.' })
export class Treasury extends Figures {
  @Field(() => Amount, { description: 'Σ in − Σ out; equals balanceOf(treasury) at the same block.' })
  balance!: Amount

  @Field(() => Amount, { description: 'Σ inflow that the network earned.' })
  revenue!: Amount

  @Field(() => Amount, { description: 'Σ inflow from configured internal wallets, which is no revenue.' })
  internalInflow!: Amount

  @Field(() => TreasuryOutflow, { description: 'Σ outflow by purpose.' })
  outflow!: TreasuryOutflow
}

@ObjectType({ description: 'The supply of the token.' })
export class Supply extends Figures {
  @Field(() => Amount, { description: 'minted − destroyed; the contract’s totalSupply() at the same block.' })
  totalSupply!: Amount

  @Field(() => Amount, { description: 'totalSupply − deadBurn: what aggregators call total supply.' })
  outstandingSupply!: Amount

  @Field(() => Amount, { description: 'totalSupply − excludedBalance. Staked tokens circulate.' })
  circulatingSupply!: Amount

  @Field(() => Amount, { description: 'The fixed cap on the supply.' })
  maxSupply!: Amount

  @Field(() => Amount, { description: 'Σ Transfer from the zero address.' })
  minted!: Amount

  @Field(() => Amount, { description: 'Everything destroyed, each burn once, bridge burns included.' })
  destroyed!: Amount

  @Field(() => Amount, {
    description: 'destroyed − burnedByBridge: gone for good, without what sits at dead addresses.',
  })
  cumulativeBurn!: Amount

  @Field(() => Amount, { description: 'Part of cumulativeBurn that configured buyback addresses destroyed.' })
  burnedByBuyback!: Amount

  @Field(() => Amount, {
    description: 'Destroyed by configured bridges: the tokens come back elsewhere. Not in cumulativeBurn.',
  })
  burnedByBridge!: Amount

  @Field(() => Amount, { description: 'Part of cumulativeBurn that anyone else destroyed.' })
  burnedByOther!: Amount

  @Field(() => Amount, { description: 'Σ balances of the dead addresses, which totalSupply still counts.' })
  deadBurn!: Amount

  @Field(() => Amount, {
    description: 'Σ balances of the wallets that do not circulate at this block, dead ones among them.',
  })
  excludedBalance!: Amount

  @Field(() => Int, { description: 'Accounts with a balance.' })
  holders!: number
}

@ObjectType({ description: 'Stakes, and the rewards paid to stakers.' })
export class Staking extends Figures {
  @Field(() => Amount, { description: 'Σ Stake − Σ Unstake.' })
  staked!: Amount

  @Field(() => Int, { description: 'Accounts with a stake.' })
  stakers!: number

  @Field(() => Amount, { description: 'Σ RewardPaid, in the reward token.' })
  rewardsPaid!: Amount
}

@ObjectType({ description: 'One claim of the revenue rule against what was done, in the stable asset.' })
export class PolicyLeg {
  @Field(() => Int, { description: 'Share of revenue, in basis points (1/10000).' })
  bps!: number

  @Field(() => Amount, { description: 'What the rule gives this leg of all revenue, rounded down.' })
  allocated!: Amount

  @Field(() => Amount, { description: 'What left the treasury for this leg.' })
  executed!: Amount

  @Field(() => Amount, { description: 'allocated − executed; negative where more was done than asked.' })
  backlog!: Amount
}

@ObjectType({ description: 'The rule that splits revenue, against what was done, over all time.' })
export class Policy extends Figures {
  @Field(() => Amount, { description: 'The revenue that is split.' })
  revenue!: Amount

  @Field(() => PolicyLeg, { description: 'Buys the token on the market and burns it.' })
  burn!: PolicyLeg

  @Field(() => PolicyLeg, { description: 'Is paid to stakers.' })
  rewards!: PolicyLeg
}

@ObjectType({ description: 'One account; every figure is 0 for an account that no event has named.' })
export class AccountFigures extends Figures {
  @Field(() => AddressScalar, { description: 'The account.' })
  address!: Address

  @Field(() => Amount, { description: 'Token balance; equals balanceOf(account) at the same block.' })
  balance!: Amount

  @Field(() => Amount, { description: 'Σ Stake − Σ Unstake of the account.' })
  staked!: Amount

  @Field(() => Amount, { description: 'Σ RewardPaid to the account, in the reward token.' })
  rewardsPaid!: Amount

  @Field(() => Int, {
    description:
      'Share of a job’s value that the account keeps as a worker with this stake, in basis points.',
  })
  workerShareBps!: number
}
