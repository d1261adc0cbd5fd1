import type { Address } from '../address'
import { type Policy, workerShareBps } from '../policy'
import type { FigureGroup } from './figure'

/** What an account's figures are computed from; amounts in base units. */
export interface AccountMoment {
  readonly account: {
    readonly address: Address
    readonly balance: bigint
    readonly staked: bigint
    readonly rewardsPaid: bigint
  }
  readonly policy: Policy
}

/** One account. */
export const ACCOUNT = {
  balance: {
    unit: 'token',
    dependsOn: ['token'],
    definition: 'Token balance: Σ received − Σ sent. Equals balanceOf(account) at the same block.',
    source: 'Transfer (and Burn) events of the token that name the account',
    value: ({ account }) => account.balance,
  },
  staked: {
    unit: 'token',
    dependsOn: ['staking'],
    definition: 'Σ Stake − Σ Unstake of the account.',
    source: 'Stake and Unstake events that name the account',
    value: ({ account }) => account.staked,
  },
  rewardsPaid: {
    unit: 'reward',
    dependsOn: ['staking'],
    definition: 'Σ RewardPaid to the account, in the reward token.',
    source: 'RewardPaid events that name the account',
    value: ({ account }) => account.rewardsPaid,
  },
  workerShareBps: {
    unit: 'basisPoints',
    dependsOn: ['staking'],
    needsWholeHistory: true,
    definition:
      'Share of a job’s value that the account keeps as a worker: the staked share if its stake is above 0 and at least the configured minimum, else the unstaked one.',
    source: 'staked of the account; policy of economy.yaml',
    value: ({ account, policy }) => workerShareBps(policy, account.staked),
  },
} as const satisfies FigureGroup<AccountMoment>
