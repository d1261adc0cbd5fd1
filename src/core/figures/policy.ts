import type { Economy } from '../economy'
import { allocated, type Policy } from '../policy'
import { type Figure, type FigureGroup, quotient } from './figure'
import type { Moment } from './moment'

/** A leg of the rule that splits revenue. */
export const POLICY_LEGS = ['burn', 'rewards'] as const
export type PolicyLegName = (typeof POLICY_LEGS)[number]

/** Revenue, and what a leg made of it, over some span of time; stable base units. */
interface LegAccount {
  readonly bps: number
  readonly revenue: bigint
  readonly allocated: bigint
  readonly executed: bigint
}

/** The figures of one leg; `accountOf` says over which span. */
export function legFigures<Input>(accountOf: (input: Input) => LegAccount, over: string, outflow: string) {
  const stable = {
    unit: 'stable',
    dependsOn: ['stable'],
    source: 'treasury.revenue and treasury.outflow',
  } as const
  return {
    bps: {
      unit: 'basisPoints',
      dependsOn: [],
      definition: 'Share of revenue that the rule gives this leg.',
      source: 'policy of economy.yaml',
      value: (input: Input) => accountOf(input).bps,
    },
    allocated: {
      ...stable,
      definition: `What the rule gives this leg: its share of revenue${over}, rounded down over all time.`,
      value: (input: Input) => accountOf(input).allocated,
    },
    executed: {
      ...stable,
      definition: `What left the treasury for this leg${over}: ${outflow}.`,
      value: (input: Input) => accountOf(input).executed,
    },
    backlog: {
      ...stable,
      definition: 'allocated − executed; negative where more was done than the rule asks.',
      value: (input: Input) => accountOf(input).allocated - accountOf(input).executed,
    },
    deviation: {
      unit: 'ratio',
      dependsOn: ['stable'],
      needsWholeHistory: true,
      definition: `executed ÷ revenue − share: how far the rule was missed${over}, as a fraction of revenue; negative where too little was done.`,
      source: stable.source,
      value: (input: Input) => {
        const { revenue, executed, bps } = accountOf(input)
        if (revenue <= 0n) return { unknown: 'NO_REVENUE' as const }
        return quotient(executed * 10_000n - revenue * BigInt(bps), revenue * 10_000n)
      },
    },
  } as const satisfies Record<string, Figure<Input>>
}

/** A leg's account over all time up to a block. */
export function legAccount(leg: PolicyLegName, economy: Economy, policy: Policy): LegAccount {
  const revenue = economy.treasuryRevenue
  const bps = leg === 'burn' ? policy.burnBps : policy.rewardsBps
  const executed = leg === 'burn' ? economy.treasuryOutflowBuyback : economy.treasuryOutflowRewards
  return { bps, revenue, allocated: allocated(revenue, bps), executed }
}

/** What the leg's money is, in the words of other figures. */
export const LEG_OUTFLOW = { burn: 'treasury.outflow.buyback', rewards: 'treasury.outflow.rewards' } as const

const leg = (name: PolicyLegName) =>
  legFigures(({ economy, policy }: Moment) => legAccount(name, economy, policy), '', LEG_OUTFLOW[name])

/** The rule that splits revenue, against what was done, over all time. */
export const POLICY_BURN = leg('burn') satisfies FigureGroup<Moment>
export const POLICY_REWARDS = leg('rewards') satisfies FigureGroup<Moment>
