import { type FigureGroup, quotient } from './figure'
import type { Moment } from './moment'

const STAKES = 'Stake and Unstake events of the staking contract (or Staked, Unstaked, Withdrawn)'

/** Stakes, and the rewards that were paid on them. */
export const STAKING = {
  staked: {
    unit: 'token',
    dependsOn: ['staking'],
    definition:
      'Σ Stake − Σ Unstake. Not the staking contract’s token balance, which direct sends and rewards distort.',
    source: STAKES,
    column: 'staked',
    value: ({ economy }) => economy.staked,
  },
  stakers: {
    unit: 'count',
    dependsOn: ['staking'],
    needsWholeHistory: true,
    definition: 'Accounts with a stake above 0.',
    source: STAKES,
    column: 'stakers',
    value: ({ economy }) => economy.stakers,
  },
  stakingRatio: {
    unit: 'ratio',
    dependsOn: ['token', 'staking'],
    needsWholeHistory: true,
    definition: 'staked ÷ circulatingSupply.',
    source: `${STAKES}; Transfer (and Burn) events of the token`,
    value: ({ economy }) =>
      economy.circulatingSupply > 0n
        ? quotient(economy.staked, economy.circulatingSupply)
        : { unknown: 'NOTHING_CIRCULATES' },
  },
  excludedStake: {
    unit: 'token',
    dependsOn: ['token', 'staking'],
    needsWholeHistory: true,
    definition:
      'Part of staked that excludedBalance holds already. Where the staking contract takes tokens into custody: all of it if that contract is excluded, else none. Where tokens stay with their owner: what excluded wallets both hold and stake.',
    source: `${STAKES}; Transfer (and Burn) events of the token; wallets and contracts.staking.custody of economy.yaml`,
    column: 'excludedStake',
    value: ({ economy }) => economy.excludedStake,
  },
  rewardsPaid: {
    unit: 'reward',
    dependsOn: ['staking'],
    definition: 'Σ RewardPaid, in the reward token.',
    source: 'RewardPaid events of the staking contract',
    column: 'rewardsPaid',
    value: ({ economy }) => economy.rewardsPaid,
  },
} as const satisfies FigureGroup<Moment>
