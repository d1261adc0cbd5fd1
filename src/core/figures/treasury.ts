import type { FigureGroup } from './figure'
import type { Moment } from './moment'

const FLOWS = 'Transfer events of the stable asset with a treasury wallet on one side'
const stable = { unit: 'stable', dependsOn: ['stable'] } as const

/** The protocol treasury. */
export const TREASURY = {
  balance: {
    ...stable,
    definition: 'Σ in − Σ out. Equals balanceOf(treasury) of the stable asset at the same block.',
    source: FLOWS,
    column: 'treasuryBalance',
    value: ({ economy }) => economy.treasuryBalance,
  },
  revenue: {
    ...stable,
    definition: 'Σ inflow that the network earned: all but what comes from configured internal wallets.',
    source: `${FLOWS}; wallets.internal`,
    column: 'treasuryRevenue',
    value: ({ economy }) => economy.treasuryRevenue,
  },
  internalInflow: {
    ...stable,
    definition: 'Σ inflow from configured internal wallets, which is no revenue.',
    source: `${FLOWS}; wallets.internal`,
    column: 'treasuryInternalInflow',
    value: ({ economy }) => economy.treasuryInternalInflow,
  },
} as const satisfies FigureGroup<Moment>

/** What left the treasury, by purpose. */
export const TREASURY_OUTFLOW = {
  buyback: {
    ...stable,
    definition: 'Σ outflow to the configured buyback addresses.',
    source: `${FLOWS}; wallets.buyback`,
    column: 'treasuryOutflowBuyback',
    value: ({ economy }) => economy.treasuryOutflowBuyback,
  },
  rewards: {
    ...stable,
    definition: 'Σ outflow to the staking contract or a configured distributor.',
    source: `${FLOWS}; wallets.rewards`,
    column: 'treasuryOutflowRewards',
    value: ({ economy }) => economy.treasuryOutflowRewards,
  },
  other: {
    ...stable,
    definition: 'Σ any other outflow.',
    source: FLOWS,
    column: 'treasuryOutflowOther',
    value: ({ economy }) => economy.treasuryOutflowOther,
  },
} as const satisfies FigureGroup<Moment>
