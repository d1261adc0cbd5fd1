import { type Address, ZERO_ADDRESS } from './address'
import type { AccountState, Economy } from './economy'
import { HistoryIncomplete } from './history-errors'
import type { AccountRow, Ledger } from './ledger'
import type { Policy } from './policy'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Row)[] ? Row[] : T[Key] }

/** The accumulator of one fold: opened from a state, written by the event rules, never seen outside `fold`. */
export interface Books {
  readonly policy: Policy
  readonly economy: Mutable<Economy>
  readonly accounts: Map<Address, AccountState>
  readonly changed: Set<Address>
  readonly ledger: Mutable<Omit<Ledger, 'accounts'>>
}

/** Where the event that is being booked sits. */
export interface Place {
  readonly blockNumber: number
  readonly logIndex: number
  readonly timestamp: number
  readonly transactionHash: `0x${string}`
}

export function openBooks(
  economy: Economy,
  accounts: ReadonlyMap<Address, AccountState>,
  policy: Policy,
): Books {
  return {
    policy,
    economy: { ...economy },
    accounts: new Map(accounts),
    changed: new Set(),
    ledger: {
      transfers: [],
      burns: [],
      stakes: [],
      rewards: [],
      treasuryFlows: [],
      prices: [],
      upgrades: [],
      snapshots: [],
      buckets: [],
      invariantBreaks: [],
    },
  }
}

export function balanceOf(books: Books, address: Address): bigint {
  return books.accounts.get(address)?.balance ?? 0n
}

export function stakeOf(books: Books, address: Address): bigint {
  return books.accounts.get(address)?.staked ?? 0n
}

/**
 * Adds `change` to a balance and keeps the count of holders.
 * @returns the balance after it; null for the zero address, which holds nothing.
 * @throws HistoryIncomplete (E2001) if more leaves an account than it had.
 */
export function changeBalance(books: Books, address: Address, change: bigint, place: Place): bigint | null {
  if (address === ZERO_ADDRESS) return null
  const account = accountOf(books, address, place)
  const balance = account.balance + change
  if (balance < 0n && !books.policy.partial.token) {
    throw new HistoryIncomplete({ figure: 'balance', account: address, value: balance, ...place })
  }
  // An account that never held anything is not made a holder by a transfer of zero.
  if (change === 0n) return balance
  books.economy.holders += Number(balance > 0n) - Number(account.balance > 0n)
  books.economy.balanceSum += balance - account.balance
  put(books, address, { ...account, balance, lastBlock: place.blockNumber })
  return balance
}

/**
 * Adds `change` to a stake and keeps the count of stakers.
 * @throws HistoryIncomplete (E2001) if more is unstaked than was staked.
 */
export function changeStake(books: Books, address: Address, change: bigint, place: Place): bigint {
  const account = accountOf(books, address, place)
  const staked = account.staked + change
  if (staked < 0n && !books.policy.partial.staking) {
    throw new HistoryIncomplete({ figure: 'staked', account: address, value: staked, ...place })
  }
  if (change === 0n) return staked
  books.economy.stakers += Number(staked > 0n) - Number(account.staked > 0n)
  books.economy.stakeSum += staked - account.staked
  put(books, address, { ...account, staked, lastBlock: place.blockNumber })
  return staked
}

export function addReward(books: Books, address: Address, amount: bigint, place: Place): bigint {
  const account = accountOf(books, address, place)
  const rewardsPaid = account.rewardsPaid + amount
  if (amount !== 0n) put(books, address, { ...account, rewardsPaid, lastBlock: place.blockNumber })
  return rewardsPaid
}

/** The accounts that changed, with their figures now. */
export function changedAccounts(books: Books): AccountRow[] {
  return [...books.changed].map((address) => {
    const account = books.accounts.get(address)
    if (account === undefined) throw new TypeError(`changed account ${address} is not in the books`)
    return { address, ...account }
  })
}

function accountOf(books: Books, address: Address, place: Place): AccountState {
  const { blockNumber } = place
  const fresh = { balance: 0n, staked: 0n, rewardsPaid: 0n, firstBlock: blockNumber, lastBlock: blockNumber }
  return books.accounts.get(address) ?? fresh
}

function put(books: Books, address: Address, account: AccountState): void {
  books.accounts.set(address, account)
  books.changed.add(address)
}
