import type { EconomyFile } from '../config/economy-file'
import { policyLegs } from '../core/policy-legs'
import { type AsOf, isPartial } from '../read/as-of'
import { asOfJson } from '../read/as-of-json'
import type { Reads } from '../read/reads'
import { unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import { json, type Reply } from './reply'

/**
 * `GET /api/treasury`: one flat object. Treasury and policy amounts are in the stable asset, supply and stake in
 * the token, rewards in the reward token; each as base units and as `<name>Decimal`.
 */
export const getTreasury =
  (reads: Reads, config: EconomyFile) =>
  async (asOf: AsOf): Promise<Reply> => {
    const { economy } = await reads.economyAt(asOf)
    const { burn, rewards } = policyLegs(economy, config.policy)
    const { token, stable, reward } = unitsOf(config)
    return json({
      ...bothSpellings(stable, {
        balance: economy.treasuryBalance,
        revenue: economy.treasuryRevenue,
        internalInflow: economy.treasuryInternalInflow,
        outflowBuyback: economy.treasuryOutflowBuyback,
        outflowRewards: economy.treasuryOutflowRewards,
        outflowOther: economy.treasuryOutflowOther,
      }),
      ...bothSpellings(token, {
        cumulativeBurn: economy.cumulativeBurn,
        burnedByBuyback: economy.burnedByBuyback,
        deadBurn: economy.deadBurn,
      }),
      ...bothSpellings(reward, { rewardsPaid: economy.rewardsPaid }),
      ...bothSpellings(token, {
        circulatingSupply: economy.circulatingSupply,
        outstandingSupply: economy.outstandingSupply,
        totalSupply: economy.totalSupply,
        staked: economy.staked,
      }),
      stakers: economy.stakers,
      holders: economy.holders,
      policyBurnBps: burn.bps,
      ...bothSpellings(stable, {
        policyBurnAllocated: burn.allocated,
        policyBurnExecuted: burn.executed,
        policyBurnBacklog: burn.backlog,
      }),
      policyRewardsBps: rewards.bps,
      ...bothSpellings(stable, {
        policyRewardsAllocated: rewards.allocated,
        policyRewardsExecuted: rewards.executed,
        policyRewardsBacklog: rewards.backlog,
      }),
      tokenSymbol: token.symbol,
      tokenDecimals: token.decimals,
      stableSymbol: stable.symbol,
      stableDecimals: stable.decimals,
      rewardSymbol: reward.symbol,
      rewardDecimals: reward.decimals,
      partial: isPartial(asOf, ['token', 'staking', 'stable']),
      asOf: asOfJson(asOf),
    })
  }
