import type { Address, Hash } from '../core/address'
import type { AccountState, KnownAccounts } from '../core/economy'

/** Accounts that are remembered at most, beyond those of the last batch. */
const MOST = 100_000

/** Accounts as they are stored, so that a batch does not ask the database for what the one before it has written. */
export interface AccountMemory {
  /**
   * The accounts that are known as of the newest stored block. A block's hash commits to all that came before it, so
   * the same hash means the same figures; with another one (after a reorg, a rollback, a batch that is run again)
   * nothing is known.
   */
  recall(head: Hash | undefined): KnownAccounts
  /** Keeps what a batch has loaded and written; it counts from when `head` is the newest stored block. */
  remember(head: Hash, accounts: Iterable<readonly [Address, AccountState | undefined]>): void
}

export function createAccountMemory(): AccountMemory {
  let known = new Map<Address, AccountState | undefined>()
  let knownAt: Hash | undefined
  return {
    recall(head) {
      if (head === undefined || head !== knownAt) known = new Map()
      return known
    },
    remember(head, accounts) {
      if (known.size > MOST) known = new Map()
      for (const [address, account] of accounts) known.set(address, account)
      knownAt = head
    },
  }
}
