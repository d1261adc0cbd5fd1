import { BURN_CHART } from './kinds/burn'
import { BURN_LEG_CHART, REWARDS_LEG_CHART } from './kinds/policy'
import { PRICE_CHART } from './kinds/price'
import { REVENUE_CHART } from './kinds/revenue'
import { REWARDS_CHART } from './kinds/rewards'
import { STAKING_CHART } from './kinds/staking'
import { SUPPLY_CHART } from './kinds/supply'
import type { Chart } from './model'

/** Every chart, in the order of the story: less supply, why, and who gets the rest. */
export const CHARTS: readonly Chart[] = [
  SUPPLY_CHART,
  BURN_CHART,
  REVENUE_CHART,
  BURN_LEG_CHART,
  REWARDS_LEG_CHART,
  REWARDS_CHART,
  STAKING_CHART,
  PRICE_CHART,
]
