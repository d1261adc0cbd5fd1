import { addReward, type Books, changeStake, type Place } from './books'
import type { RewardEvent, StakeEvent, UnstakeEvent } from './events'

/** Moves an account's stake; the staking contract's token balance is never asked, it also takes direct sends. */
export function applyStake(books: Books, event: StakeEvent | UnstakeEvent, place: Place): void {
  const { account, amount } = event
  const change = event.kind === 'stake' ? amount : -amount
  const accountStaked = changeStake(books, account, change, place)
  books.economy.staked += change
  books.economy.stakeCount += 1
  const action = event.kind === 'stake' ? 'STAKE' : 'UNSTAKE'
  books.ledger.stakes.push({ ...place, account, action, amount, accountStaked, staked: books.economy.staked })
}

/** Revenue reached a staker. */
export function applyReward(books: Books, event: RewardEvent, place: Place): void {
  const { account, amount } = event
  const accountRewardsPaid = addReward(books, account, amount, place)
  books.economy.rewardsPaid += amount
  const { rewardsPaid } = books.economy
  books.ledger.rewards.push({ ...place, account, amount, accountRewardsPaid, rewardsPaid })
}
