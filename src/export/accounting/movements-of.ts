import type { EconomyFile } from '../../config/economy-file'
import type { Movement, MovementKind, StatementEntry } from './movement'

/**
 * What an account's events in one transaction moved, in their order. A transfer is a stake only as far as the account's stake
 * changed by it; a reward in the token is the transfer that brings it, or was staked again without one. What a dead address
 * gets is burned.
 */
export function movementsOf(
  entries: readonly StatementEntry[],
  { contracts, policy }: EconomyFile,
): Movement[] {
  const { address: staking, custody, rewardToken } = contracts.staking
  const dead: ReadonlySet<string> = policy.dead
  const amountsOf = (kind: string) => entries.filter((entry) => entry.kind === kind).map(amountOf)
  // Without custody a stake stays in the wallet.
  let stakeLeft = custody ? sum(amountsOf('STAKE')) : 0n
  let unstakeLeft = custody ? sum(amountsOf('UNSTAKE')) : 0n
  const rewardsLeft = rewardToken === 'token' ? amountsOf('REWARD') : []
  const movements: Movement[] = []
  const add = (
    kind: MovementKind,
    entry: StatementEntry,
    amount: bigint,
    asset: Movement['asset'] = 'token',
  ) => {
    if (amount > 0n) movements.push({ kind, asset, amount, entry })
  }
  const addReceived = (entry: StatementEntry, amount: bigint): void => {
    const reward = rewardsLeft.indexOf(amount)
    if (reward !== -1) rewardsLeft.splice(reward, 1)
    add(reward === -1 ? 'RECEIVED' : 'REWARDED', entry, amount)
  }
  const addIncoming = (entry: StatementEntry, amount: bigint): void => {
    // An amount that is a reward's own is the reward; one transfer may also bring it together with what was staked.
    const isStake = entry.counterparty === staking && !rewardsLeft.includes(amount)
    const unstaked = isStake ? least(amount, unstakeLeft) : 0n
    unstakeLeft -= unstaked
    add('UNSTAKED', entry, unstaked)
    addReceived(entry, amount - unstaked)
  }
  const addOutgoing = (entry: StatementEntry, amount: bigint): void => {
    const staked = entry.counterparty === staking ? least(amount, stakeLeft) : 0n
    stakeLeft -= staked
    add('STAKED', entry, staked)
    add(dead.has(entry.counterparty ?? '') ? 'BURNED' : 'SENT', entry, amount - staked)
  }
  for (const entry of entries) {
    const amount = amountOf(entry)
    if (entry.kind === 'MINT') add('MINTED', entry, amount)
    else if (entry.kind === 'BURN') add('BURNED', entry, amount)
    else if (entry.kind === 'TRANSFER_IN') addIncoming(entry, amount)
    else if (entry.kind === 'TRANSFER_OUT') addOutgoing(entry, amount)
    else if (entry.kind === 'REWARD' && rewardToken === 'stable') add('REWARDED', entry, amount, 'stable')
  }
  const rewarded = entries.findLast(({ kind }) => kind === 'REWARD')
  if (rewarded !== undefined) {
    const restaked = least(sum(rewardsLeft), stakeLeft)
    add('REWARDED', rewarded, restaked)
    add('STAKED', rewarded, restaked)
  }
  return movements
}

function amountOf({ amount }: StatementEntry): bigint {
  return BigInt(amount)
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}
