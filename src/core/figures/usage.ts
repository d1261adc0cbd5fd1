import type { Known } from '../known'
import type { Policy } from '../policy'
import { FIXED_POINT } from '../units'
import type { FigureGroup } from './figure'
import type { Moment } from './moment'

const estimate = {
  dependsOn: ['stable'],
  needsWholeHistory: true,
  source: 'treasury.revenue; policy.unstakedWorkerBps, stakedWorkerBps and creditPriceUsd of economy.yaml',
} as const

/** What people paid for inference: an estimate between two bounds, for the chain shows only the treasury's share. */
export const USAGE = {
  grossRevenueLow: {
    ...estimate,
    unit: 'stable',
    definition:
      'ESTIMATE, lower bound: revenue ÷ the treasury’s largest share of a job (30 % where workers keep 70 %), rounded down.',
    value: ({ economy, policy }) => grossLow(economy.treasuryRevenue, policy),
  },
  grossRevenueHigh: {
    ...estimate,
    unit: 'stable',
    definition:
      'ESTIMATE, upper bound: revenue ÷ the treasury’s smallest share of a job (20 % where workers keep 80 %), rounded up.',
    value: ({ economy, policy }) => grossHigh(economy.treasuryRevenue, policy),
  },
  creditsLow: {
    ...estimate,
    unit: 'credits',
    definition:
      'ESTIMATE, lower bound: grossRevenueLow ÷ the price of a credit, one stable unit taken as one dollar.',
    value: ({ economy, policy }) => credits(grossLow(economy.treasuryRevenue, policy), policy, 0n),
  },
  creditsHigh: {
    ...estimate,
    unit: 'credits',
    definition:
      'ESTIMATE, upper bound: grossRevenueHigh ÷ the price of a credit, one stable unit taken as one dollar.',
    value: ({ economy, policy }) => credits(grossHigh(economy.treasuryRevenue, policy), policy, 1n),
  },
} as const satisfies FigureGroup<Moment>

function grossLow(revenue: bigint, policy: Policy): Known<bigint> {
  const share = 10_000n - BigInt(Math.min(policy.unstakedWorkerBps, policy.stakedWorkerBps))
  return share === 0n ? { unknown: 'UNBOUNDED' } : (revenue * 10_000n) / share
}

function grossHigh(revenue: bigint, policy: Policy): Known<bigint> {
  const share = 10_000n - BigInt(Math.max(policy.unstakedWorkerBps, policy.stakedWorkerBps))
  return share === 0n ? { unknown: 'UNBOUNDED' } : roundedUp(revenue * 10_000n, share)
}

function credits(gross: Known<bigint>, policy: Policy, up: 0n | 1n): Known<bigint> {
  if (typeof gross !== 'bigint') return gross
  const price = policy.creditPrice * 10n ** BigInt(policy.decimals.stable)
  if (price === 0n) return { unknown: 'UNBOUNDED' }
  const numerator = gross * FIXED_POINT
  return up === 1n ? roundedUp(numerator, price) : numerator / price
}

function roundedUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}
