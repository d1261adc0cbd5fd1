import { addReward, type Books, changeStake, type Place } from './books'
import type { RewardEvent, StakeEvent, UnstakeEvent } from './events'
import { StakeEventsMixed } from './history-errors'

/** Moves an account's stake; the staking contract's token balance is never asked, it also takes direct sends. */
export function applyStake(books: Books, event: StakeEvent | UnstakeEvent, place: Place): void {
  const { account, amount } = event
  requireOneName(books, event, place)
  const change = event.kind === 'stake' ? amount : -amount
  const accountStaked = changeStake(books, account, change, place)
  books.economy.staked += change
  books.economy.stakeCount += 1
  const action = event.kind === 'stake' ? 'STAKE' : 'UNSTAKE'
  books.ledger.stakes.push({ account, action, amount, accountStaked, staked: books.economy.staked, ...place })
}

/**
 * A contract can say one thing under two names: a withdrawal that is announced and then made, or an event of its own
 * beside that of what it was built from. Whatever comes under the first name is what counts; a second one stops.
 */
function requireOneName({ economy }: Books, event: StakeEvent | UnstakeEvent, place: Place): void {
  const known = event.kind === 'stake' ? economy.stakeEvent : economy.unstakeEvent
  if (known !== null && known !== event.name) {
    const { blockNumber, logIndex, transactionHash } = place
    const { kind, name } = event
    throw new StakeEventsMixed({ kind, known, name, blockNumber, logIndex, transactionHash })
  }
  if (event.kind === 'stake') economy.stakeEvent = event.name
  else economy.unstakeEvent = event.name
}

/** Revenue reached a staker. */
export function applyReward(books: Books, event: RewardEvent, place: Place): void {
  const { account, amount } = event
  const accountRewardsPaid = addReward(books, account, amount, place)
  books.economy.rewardsPaid += amount
  const { rewardsPaid } = books.economy
  books.ledger.rewards.push({ account, amount, accountRewardsPaid, rewardsPaid, ...place })
}
