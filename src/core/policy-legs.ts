import type { Economy } from './economy'
import { allocated, type Policy } from './policy'

/** One claim of the rule on revenue, against what was done. Amounts in stable base units. */
export interface PolicyLeg {
  /** Share of revenue in basis points. */
  readonly bps: number
  /** What the rule gives this leg, rounded down. */
  readonly allocated: bigint
  /** What left the treasury for this leg. */
  readonly executed: bigint
  /** allocated − executed; negative where more was done than the rule asks. */
  readonly backlog: bigint
}

/** The rule's two legs over all time. */
export function policyLegs(economy: Economy, policy: Policy): { burn: PolicyLeg; rewards: PolicyLeg } {
  const leg = (bps: number, executed: bigint): PolicyLeg => {
    const claim = allocated(economy.treasuryRevenue, bps)
    return { bps, allocated: claim, executed, backlog: claim - executed }
  }
  return {
    burn: leg(policy.burnBps, economy.treasuryOutflowBuyback),
    rewards: leg(policy.rewardsBps, economy.treasuryOutflowRewards),
  }
}
