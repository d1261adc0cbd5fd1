import type { Economy } from '../core/economy'
import { STAKE_EVENTS, UNSTAKE_EVENTS } from '../core/events'
import type { AsOf } from './as-of'
import { columnList } from './column-list'
import {
  amount,
  amountOrNull,
  hexOrNull,
  oneOf,
  oneOfOrNull,
  type Row,
  type RunQuery,
  whole,
  wholeOrNull,
} from './row'

/** Every cumulative figure, and the parent of the block that they were written down at. */
export interface EconomyAt {
  readonly economy: Economy
  /** Null where the block was read without its header. */
  readonly parentHash: string | null
}

const SNAPSHOT = `select ${columnList('Snapshot')} from snapshot where block_number = $1`

/** Every cumulative figure at a block: one index lookup, at any length of history. */
export async function economyAt(query: RunQuery, asOf: AsOf): Promise<EconomyAt> {
  const [row] = await query(SNAPSHOT, [asOf.snapshot.block], 'snapshot')
  if (row === undefined) throw new Error(`snapshot ${asOf.snapshot.block} is gone within one transaction`)
  return economyIn(row)
}

/** What a row of `snapshot` says. */
export function economyIn(row: Row): EconomyAt {
  return { economy: economyOf(row), parentHash: hexOrNull(row, 'parent_hash') }
}

/** Decodes a row of `snapshot`. */
export function economyOf(row: Row): Economy {
  return {
    eventCount: whole(row, 'event_count'),
    transferCount: whole(row, 'transfer_count'),
    stakeCount: whole(row, 'stake_count'),
    upgradeCount: whole(row, 'upgrade_count'),
    genesisBlock: wholeOrNull(row, 'genesis_block'),
    minted: amount(row, 'minted'),
    mintedAfterGenesis: amount(row, 'minted_after_genesis'),
    mintedByBridge: amount(row, 'minted_by_bridge'),
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
    liquidFloat: amount(row, 'liquid_float'),
    balanceSum: amount(row, 'balance_sum'),
    holders: whole(row, 'holders'),
    staked: amount(row, 'staked'),
    stakeEvent: oneOfOrNull(row, 'stake_event', STAKE_EVENTS),
    unstakeEvent: oneOfOrNull(row, 'unstake_event', UNSTAKE_EVENTS),
    excludedStake: amount(row, 'excluded_stake'),
    stakeSum: amount(row, 'stake_sum'),
    stakeSeconds: amount(row, 'stake_seconds'),
    unpricedStakeSeconds: amount(row, 'unpriced_stake_seconds'),
    stakeValueSeconds: amount(row, 'stake_value_seconds'),
    stakers: whole(row, 'stakers'),
    rewardsPaid: amount(row, 'rewards_paid'),
    treasuryBalance: amount(row, 'treasury_balance'),
    treasuryRevenue: amount(row, 'treasury_revenue'),
    treasuryInternalInflow: amount(row, 'treasury_internal_inflow'),
    treasuryOutflowBuyback: amount(row, 'treasury_outflow_buyback'),
    treasuryOutflowRewards: amount(row, 'treasury_outflow_rewards'),
    treasuryOutflowOther: amount(row, 'treasury_outflow_other'),
    buybackPaid: amount(row, 'buyback_paid'),
    buybackBought: amount(row, 'buyback_bought'),
    price: amountOrNull(row, 'price'),
    priceSource: oneOfOrNull(row, 'price_source', ['BUYBACK', 'PAIR']),
    priceBlock: wholeOrNull(row, 'price_block'),
    burnMode: oneOf(row, 'burn_mode', ['UNKNOWN', 'TRANSFER', 'BURN_EVENT']),
  }
}
