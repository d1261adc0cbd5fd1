import { type Address, ZERO_ADDRESS } from './address'
import { type AccountState, type Economy, GENESIS, type KnownAccounts } from './economy'
import { HistoryIncomplete } from './history-errors'
import type { AccountRow, Ledger, SnapshotRow } from './ledger'
import type { Policy } from './policy'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Row)[] ? Row[] : T[Key] }

/** The accumulator of one fold: opened from a state, written by the event rules, never seen outside `fold`. */
export interface Books {
  readonly policy: Policy
  /** The figures as they stand: each snapshot is a copy of it. */
  readonly economy: Mutable<SnapshotRow>
  /** As they were when the books were opened. */
  readonly accounts: KnownAccounts
  /** Those that changed since, as they are now. */
  readonly changed: Map<Address, Mutable<AccountState>>
  /** The wallets that do not circulate at the block that is being booked, and the block at which that list changes. */
  exclusion: { readonly wallets: ReadonlySet<Address>; readonly until: number }
  readonly ledger: Mutable<Omit<Ledger, 'accounts'>>
}

/** Where the event that is being booked sits. */
export interface Place {
  readonly blockNumber: number
  readonly logIndex: number
  readonly timestamp: number
  readonly transactionHash: `0x${string}`
}

/** A snapshot's shape: what is copied once a block has to be an ordinary object, however the economy was put together. */
const BLANK: SnapshotRow = {
  ...GENESIS,
  blockNumber: -1,
  hash: '0x',
  parentHash: null,
  timestamp: 0,
  digest: '0x',
}

export function openBooks(economy: Economy, accounts: KnownAccounts, policy: Policy): Books {
  return {
    policy,
    economy: { ...BLANK, ...economy },
    accounts,
    changed: new Map(),
    exclusion: { wallets: new Set(), until: Number.NEGATIVE_INFINITY },
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
  return accountOf(books, address)?.balance ?? 0n
}

export function stakeOf(books: Books, address: Address): bigint {
  return accountOf(books, address)?.staked ?? 0n
}

/**
 * Adds `change` to a balance and keeps the count of holders.
 * @returns the balance after it; null for the zero address, which holds nothing.
 * @throws HistoryIncomplete (E2001) if more leaves an account than it had.
 */
export function changeBalance(books: Books, address: Address, change: bigint, place: Place): bigint | null {
  if (address === ZERO_ADDRESS) return null
  const before = balanceOf(books, address)
  const balance = before + change
  if (balance < 0n && !books.policy.partial.token) {
    throw new HistoryIncomplete({ figure: 'balance', account: address, value: balance, ...place })
  }
  // An account that never held anything is not made a holder by a transfer of zero.
  if (change === 0n) return balance
  books.economy.holders += Number(balance > 0n) - Number(before > 0n)
  books.economy.balanceSum += change
  openAccount(books, address, place).balance = balance
  return balance
}

/**
 * Adds `change` to a stake and keeps the count of stakers.
 * @throws HistoryIncomplete (E2001) if more is unstaked than was staked.
 */
export function changeStake(books: Books, address: Address, change: bigint, place: Place): bigint {
  const before = stakeOf(books, address)
  const staked = before + change
  if (staked < 0n && !books.policy.partial.staking) {
    throw new HistoryIncomplete({ figure: 'staked', account: address, value: staked, ...place })
  }
  if (change === 0n) return staked
  books.economy.stakers += Number(staked > 0n) - Number(before > 0n)
  books.economy.stakeSum += change
  openAccount(books, address, place).staked = staked
  return staked
}

export function addReward(books: Books, address: Address, amount: bigint, place: Place): bigint {
  const rewardsPaid = (accountOf(books, address)?.rewardsPaid ?? 0n) + amount
  if (amount !== 0n) openAccount(books, address, place).rewardsPaid = rewardsPaid
  return rewardsPaid
}

/** The accounts that changed, with their figures now. */
export function changedAccounts(books: Books): AccountRow[] {
  return Array.from(books.changed, ([address, account]) => ({ address, ...account }))
}

function accountOf({ changed, accounts }: Books, address: Address): AccountState | undefined {
  return changed.get(address) ?? accounts.get(address)
}

/** An account's figures, to be changed by the event at `place`: a copy, for what the books were opened with stays. */
function openAccount(books: Books, address: Address, { blockNumber }: Place): Mutable<AccountState> {
  let account = books.changed.get(address)
  if (account === undefined) {
    const fresh = {
      balance: 0n,
      staked: 0n,
      rewardsPaid: 0n,
      firstBlock: blockNumber,
      lastBlock: blockNumber,
    }
    account = { ...(books.accounts.get(address) ?? fresh) }
    books.changed.set(address, account)
  }
  account.lastBlock = blockNumber
  return account
}
