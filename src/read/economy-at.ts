import type { Economy } from '../core/economy'
import type { AsOf } from './as-of'
import { amount, hex, oneOf, type Row, type RunQuery, whole } from './row'

/** Every cumulative figure, and the parent of the block that they were written down at. */
export interface EconomyAt {
  readonly economy: Economy
  readonly parentHash: string
}

/** Every cumulative figure at a block: one index lookup, at any length of history. */
export async function economyAt(query: RunQuery, asOf: AsOf): Promise<EconomyAt> {
  const [row] = await query('select * from snapshot where block_number = $1', [asOf.snapshot.block])
  if (row === undefined) throw new Error(`snapshot ${asOf.snapshot.block} is gone within one transaction`)
  return { economy: economyOf(row), parentHash: hex(row, 'parent_hash') }
}

function economyOf(row: Row): Economy {
  return {
    eventCount: whole(row, 'event_count'),
    transferCount: whole(row, 'transfer_count'),
    minted: amount(row, 'minted'),
    destroyed: amount(row, 'destroyed'),
    totalSupply: amount(row, 'total_supply'),
    cumulativeBurn: amount(row, 'cumulative_burn'),
    burnedByBuyback: amount(row, 'burned_by_buyback'),
    burnedByBridge: amount(row, 'burned_by_bridge'),
    burnedByOther: amount(row, 'burned_by_other'),
    deadBurn: amount(row, 'dead_burn'),
    outstandingSupply: amount(row, 'outstanding_supply'),
    excludedBalance: amount(row, 'excluded_balance'),
    circulatingSupply: amount(row, 'circulating_supply'),
    holders: whole(row, 'holders'),
    staked: amount(row, 'staked'),
    stakers: whole(row, 'stakers'),
    rewardsPaid: amount(row, 'rewards_paid'),
    treasuryBalance: amount(row, 'treasury_balance'),
    treasuryRevenue: amount(row, 'treasury_revenue'),
    treasuryInternalInflow: amount(row, 'treasury_internal_inflow'),
    treasuryOutflowBuyback: amount(row, 'treasury_outflow_buyback'),
    treasuryOutflowRewards: amount(row, 'treasury_outflow_rewards'),
    treasuryOutflowOther: amount(row, 'treasury_outflow_other'),
    burnMode: oneOf(row, 'burn_mode', ['UNKNOWN', 'TRANSFER', 'BURN_EVENT']),
  }
}
