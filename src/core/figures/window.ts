import type { Economy } from '../economy'
import type { Known } from '../known'
import { priceOf } from '../price'
import { FIXED_POINT } from '../units'
import type { Span } from '../window'
import { type Figure, type FigureGroup, quotient } from './figure'
import { LEG_OUTFLOW, legAccount, legFigures, type PolicyLegName } from './policy'

/** 365.25 days. */
const YEAR = 31_557_600n
/** 365 days: the year that yields are quoted for. */
const YIELD_YEAR = 31_536_000n

type AmountOf = (economy: Economy) => bigint

const BURNED: AmountOf = (economy) => economy.cumulativeBurn
const REVENUE: AmountOf = (economy) => economy.treasuryRevenue
const SPENT: AmountOf = (economy) => economy.treasuryOutflowBuyback
const FUNDED: AmountOf = (economy) => economy.treasuryOutflowRewards
const PAID: AmountOf = (economy) => economy.rewardsPaid

const change = ({ opening, closing }: Span, amount: AmountOf): bigint => amount(closing) - amount(opening)
const secondsOf = ({ from, to }: Span): bigint => BigInt(to - from)

function perYear(span: Span, amount: AmountOf): Known<bigint> {
  const seconds = secondsOf(span)
  return seconds > 0n ? (change(span, amount) * YEAR) / seconds : { unknown: 'EMPTY_WINDOW' }
}

/** A flow in a window, and its rate. */
function flow<Name extends string>(
  name: Name,
  amount: AmountOf,
  { figure, ...rest }: Pick<Figure<Span>, 'unit' | 'dependsOn' | 'source'> & { readonly figure: string },
) {
  return {
    [name]: {
      ...rest,
      definition: `Change of ${figure} in the window.`,
      value: (span: Span) => change(span, amount),
    },
    [`${name}PerYear`]: {
      ...rest,
      definition: `Change of ${figure} in the window ÷ its length × 365.25 days: the rate, annualised.`,
      value: (span: Span) => perYear(span, amount),
    },
  } as Record<Name | `${Name}PerYear`, Figure<Span>>
}

/** What is there of the token in so many years if burning goes on at the pace of the window. */
function projectedSupply(years: bigint): Figure<Span> {
  return {
    unit: 'token',
    dependsOn: ['token'],
    needsWholeHistory: true,
    definition: `PROJECTION: outstandingSupply − ${years} × burnedPerYear, at least 0. ${PROJECTION_ASSUMPTION}`,
    source: 'Burns of the token',
    value: (span) => {
      const pace = perYear(span, BURNED)
      if (typeof pace !== 'bigint') return pace
      const left = span.closing.outstandingSupply - years * pace
      return left > 0n ? left : 0n
    },
  }
}

/** What every projection supposes, said beside it. */
export const PROJECTION_ASSUMPTION =
  'Assumes that burning goes on at the mean pace of the window; nothing on the chain promises that it will.'

const stake = {
  dependsOn: ['staking'],
  needsWholeHistory: true,
  source: 'Stake and Unstake events, weighted by time',
} as const

/** What happened in a window of time that ends at the answer's block, and at what rate. */
export const WINDOW = {
  seconds: {
    unit: 'seconds',
    dependsOn: [],
    definition: 'Length of the window.',
    source: 'Times of blocks',
    value: ({ from, to }) => to - from,
  },
  ...flow('burned', BURNED, {
    figure: 'cumulativeBurn',
    unit: 'token',
    dependsOn: ['token'],
    source: 'Burns of the token, without bridge burns',
  }),
  ...flow('revenue', REVENUE, {
    figure: 'treasury.revenue',
    unit: 'stable',
    dependsOn: ['stable'],
    source: 'Transfer events of the stable asset to a treasury wallet',
  }),
  ...flow('buybackSpent', SPENT, {
    figure: 'buyback.spent',
    unit: 'stable',
    dependsOn: ['stable'],
    source: 'Transfer events of the stable asset from a treasury wallet to a buyback address',
  }),
  ...flow('rewardsFunded', FUNDED, {
    figure: 'treasury.outflow.rewards',
    unit: 'stable',
    dependsOn: ['stable'],
    source: 'Transfer events of the stable asset from a treasury wallet to a rewards address',
  }),
  ...flow('rewardsPaid', PAID, {
    figure: 'rewardsPaid',
    unit: 'reward',
    dependsOn: ['staking'],
    source: 'RewardPaid events of the staking contract',
  }),
  buybackBurned: {
    unit: 'token',
    dependsOn: ['token'],
    definition: 'Change of burnedByBuyback in the window.',
    source: 'Burns of the token; wallets.buyback',
    value: (span) => change(span, (economy) => economy.burnedByBuyback),
  },
  buybackAveragePrice: {
    unit: 'price',
    dependsOn: ['token', 'stable'],
    definition: 'buybackSpent ÷ buybackBurned of the window.',
    source: 'buybackSpent and buybackBurned',
    value: (span) => {
      const burned = change(span, (economy) => economy.burnedByBuyback)
      return burned > 0n ? priceOf(change(span, SPENT), burned, span.policy) : { unknown: 'NO_BUYBACK' }
    },
  },
  transfers: {
    unit: 'count',
    dependsOn: ['token'],
    definition: 'Transfer events of the token in the window.',
    source: 'Transfer events of the token',
    value: ({ opening, closing }) => closing.transferCount - opening.transferCount,
  },
  circulatingSupplyChange: {
    unit: 'token',
    dependsOn: ['token'],
    definition: 'Change of circulatingSupply in the window; negative where it shrank.',
    source: 'Transfer (and Burn) events of the token; wallets of economy.yaml',
    value: (span) => change(span, (economy) => economy.circulatingSupply),
  },
  treasuryBalanceChange: {
    unit: 'stable',
    dependsOn: ['stable'],
    definition: 'Change of treasury.balance in the window; negative where it shrank.',
    source: 'Transfer events of the stable asset with a treasury wallet on one side',
    value: (span) => change(span, (economy) => economy.treasuryBalance),
  },
  averageStake: {
    ...stake,
    unit: 'token',
    definition: '∫ staked dt ÷ length of the window: the time-weighted stake, rounded down.',
    value: (span) => {
      const seconds = secondsOf(span)
      return seconds > 0n ? stakeSeconds(span) / seconds : { unknown: 'EMPTY_WINDOW' }
    },
  },
  averageStakeValue: {
    ...stake,
    unit: 'stable',
    definition:
      '∫ staked × price dt ÷ length of the window: the time-weighted value of the stake, rounded down.',
    value: (span) => {
      const unpriced = priceGap(span)
      if (unpriced !== undefined) return unpriced
      const { token, stable } = span.policy.decimals
      return (
        (valueSeconds(span) * 10n ** BigInt(stable)) / (10n ** BigInt(token) * FIXED_POINT * secondsOf(span))
      )
    },
  },
  rewardsPerStaked: {
    ...stake,
    unit: 'rewardPerToken',
    definition:
      'rewardsPaid of the window ÷ averageStake × 365 days ÷ length: whole reward tokens for one staked token and year. Known without a price.',
    source: 'RewardPaid, Stake and Unstake events, weighted by time',
    value: rewardsPerStaked,
  },
  realYield: {
    ...stake,
    unit: 'ratio',
    definition:
      'rewardsPaid of the window ÷ averageStakeValue × 365 days ÷ length. Unknown without a price, and then rewardsPerStaked still is known. Where rewards are paid in the token itself, it is the yield in tokens, rewardsPerStaked, and needs no price.',
    source: 'RewardPaid, Stake and Unstake events, weighted by time and price',
    value: (span) => {
      if (span.policy.rewardToken === 'token') return rewardsPerStaked(span)
      const unpriced = priceGap(span)
      if (unpriced !== undefined) return unpriced
      const value = valueSeconds(span)
      if (value <= 0n) return { unknown: 'NO_STAKE' }
      const { token, reward } = span.policy.decimals
      const paid = change(span, PAID) * YIELD_YEAR * 10n ** BigInt(token) * FIXED_POINT
      return quotient(paid, value * 10n ** BigInt(reward))
    },
  },
  projectedSupply1y: projectedSupply(1n),
  projectedSupply5y: projectedSupply(5n),
  projectedSupply10y: projectedSupply(10n),
} as const satisfies FigureGroup<Span>

function rewardsPerStaked(span: Span): Known<bigint> {
  if (secondsOf(span) <= 0n) return { unknown: 'EMPTY_WINDOW' }
  const staked = stakeSeconds(span)
  if (staked <= 0n) return { unknown: 'NO_STAKE' }
  const { token, reward } = span.policy.decimals
  return quotient(change(span, PAID) * YIELD_YEAR * 10n ** BigInt(token), staked * 10n ** BigInt(reward))
}

function stakeSeconds(span: Span): bigint {
  return change(span, (economy) => economy.stakeSeconds)
}

function valueSeconds(span: Span): bigint {
  return change(span, (economy) => economy.stakeValueSeconds)
}

/** Why the stake of a window cannot be valued throughout; undefined where it can. */
function priceGap(span: Span): Known<never> | undefined {
  if (secondsOf(span) <= 0n) return { unknown: 'EMPTY_WINDOW' }
  if (span.closing.price === null) return { unknown: 'NO_PRICE' }
  const unpriced = change(span, (economy) => economy.unpricedStakeSeconds)
  return unpriced === 0n ? undefined : { unknown: 'PRICE_NOT_COVERED' }
}

const leg = (name: PolicyLegName) =>
  legFigures(
    ({ opening, closing, policy }: Span) => {
      const before = legAccount(name, opening, policy)
      const after = legAccount(name, closing, policy)
      return {
        bps: after.bps,
        revenue: after.revenue - before.revenue,
        allocated: after.allocated - before.allocated,
        executed: after.executed - before.executed,
      }
    },
    ' in the window',
    LEG_OUTFLOW[name],
  )

/** The rule that splits revenue, against what was done in a window. */
export const WINDOW_POLICY_BURN = leg('burn') satisfies FigureGroup<Span>
export const WINDOW_POLICY_REWARDS = leg('rewards') satisfies FigureGroup<Span>
