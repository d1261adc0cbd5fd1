import type { Economy } from './economy'
import type { UnknownReason } from './known'
import type { Policy } from './policy'

/** What must hold at every block; a broken one is an alarm, and is served as data. */
export const INVARIANTS = {
  balancesEqualSupply: {
    claim: 'The balances of all accounts add up to totalSupply.',
    unit: 'token',
    dependsOn: ['token'],
    compare: ({ balanceSum, totalSupply }) => [balanceSum, '=', totalSupply],
  },
  stakesEqualStaked: {
    claim: 'The stakes of all accounts add up to staked.',
    unit: 'token',
    dependsOn: ['staking'],
    compare: ({ stakeSum, staked }) => [stakeSum, '=', staked],
  },
  supplyWithinMax: {
    claim: 'totalSupply is at most the fixed cap.',
    unit: 'token',
    dependsOn: ['token'],
    compare: ({ totalSupply }, { maxSupply }) => [totalSupply, '≤', maxSupply],
  },
  supplyNeverGrows: {
    claim: 'Nothing is minted after genesis, except what bridges bring back of what they took.',
    unit: 'token',
    // A mint that was seen is one after genesis, however little of the history there is.
    dependsOn: [],
    compare: ({ mintedAfterGenesis, mintedByBridge, burnedByBridge }, { partial }) => [
      // What bridges took before the start block of a partial history is not known to be too little.
      mintedAfterGenesis + (partial.token ? 0n : positive(mintedByBridge - burnedByBridge)),
      '=',
      0n,
    ],
  },
  rewardsPaidWithinFunded: {
    claim: 'Stakers were paid at most what the treasury funded.',
    unit: 'stable',
    dependsOn: ['staking', 'stable'],
    compare: ({ rewardsPaid, treasuryOutflowRewards }) => [rewardsPaid, '≤', treasuryOutflowRewards],
    isComparable: ({ rewardToken }) => rewardToken === 'stable',
  },
  rewardsFundedWithinRevenue: {
    claim: 'The treasury funded rewards with at most its revenue.',
    unit: 'stable',
    dependsOn: ['stable'],
    compare: ({ treasuryOutflowRewards, treasuryRevenue }) => [treasuryOutflowRewards, '≤', treasuryRevenue],
  },
  flowsEqualBalance: {
    claim: 'What flowed into the treasury less what flowed out, by purpose, is its balance.',
    unit: 'stable',
    dependsOn: [],
    compare: (economy) => [
      economy.treasuryRevenue +
        economy.treasuryInternalInflow -
        economy.treasuryOutflowBuyback -
        economy.treasuryOutflowRewards -
        economy.treasuryOutflowOther,
      '=',
      economy.treasuryBalance,
    ],
  },
  contractsUnchanged: {
    claim:
      'No contract was upgraded: the code that answers is the code that was there when it began to speak.',
    unit: 'count',
    dependsOn: [],
    compare: ({ upgradeCount }) => [BigInt(upgradeCount), '=', 0n],
  },
} as const satisfies Record<string, Invariant>

export type InvariantName = keyof typeof INVARIANTS
export const INVARIANT_NAMES = Object.keys(INVARIANTS) as readonly InvariantName[]

export interface Invariant {
  /** What must hold, as one sentence. */
  readonly claim: string
  /** What both sides are counted in. */
  readonly unit: 'token' | 'stable' | 'count'
  /** Contracts that must be indexed from their start for it to be judged. */
  readonly dependsOn: readonly ('token' | 'staking' | 'stable')[]
  readonly compare: (economy: Economy, policy: Policy) => [left: bigint, relation: '=' | '≤', right: bigint]
  /** Whether both sides are the same asset; where this is absent, they always are. */
  readonly isComparable?: (policy: Policy) => boolean
}

/** An invariant at one block. */
export interface Verdict {
  readonly status: 'HOLDS' | 'BROKEN' | 'UNKNOWN'
  /** Why it cannot be judged; null where it can. */
  readonly reason: UnknownReason | null
  readonly left: bigint
  readonly relation: '=' | '≤'
  readonly right: bigint
}

/** Judges one invariant by the figures of a block. */
export function judge(name: InvariantName, economy: Economy, policy: Policy): Verdict {
  const invariant: Invariant = INVARIANTS[name]
  const [left, relation, right] = invariant.compare(economy, policy)
  const reason = whyUnknown(invariant, policy)
  const holds = relation === '=' ? left === right : left <= right
  const known = holds ? 'HOLDS' : 'BROKEN'
  return { status: reason === null ? known : 'UNKNOWN', reason, left, relation, right }
}

function whyUnknown({ dependsOn, isComparable }: Invariant, policy: Policy): Verdict['reason'] {
  for (const contract of dependsOn) if (policy.partial[contract]) return 'HISTORY_PARTIAL'
  return isComparable?.(policy) === false ? 'OTHER_ASSET' : null
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}
