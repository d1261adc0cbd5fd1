import type { Store } from '@subsquid/typeorm-store'
import { In } from 'typeorm'
import type { Address, Hash } from '../core/address'
import { type AccountState, type Economy, GENESIS } from '../core/economy'
import type { State } from '../core/fold'
import type { InvariantName } from '../core/invariants'
import { Account, Head, InvariantBreak, Snapshot } from '../model'

/** Addresses in one query: PostgreSQL takes 65,535 parameters at most. */
const ADDRESSES_PER_QUERY = 10_000

/** Loads what a fold starts from. Nothing is kept in memory between batches: a batch may be run again. */
export async function loadState(
  store: Store,
  addresses: ReadonlySet<Address>,
  historySeed: Hash,
): Promise<State> {
  const head = await store.get(Head, 'head')
  const [snapshot] = await store.find(Snapshot, { order: { blockNumber: 'DESC' }, take: 1 })
  const breaks = await store.find(InvariantBreak)
  return {
    economy: snapshot === undefined ? GENESIS : economyOf(snapshot),
    digest: (snapshot?.digest as Hash | undefined) ?? historySeed,
    timestamp: snapshot === undefined ? 0 : snapshot.timestamp.getTime() / 1_000,
    broken: new Set(breaks.map(({ id }) => id as InvariantName)),
    blockNumber: head?.blockNumber ?? -1,
    accounts: await loadAccounts(store, [...addresses]),
  }
}

async function loadAccounts(store: Store, addresses: Address[]): Promise<Map<Address, AccountState>> {
  const accounts = new Map<Address, AccountState>()
  for (let start = 0; start < addresses.length; start += ADDRESSES_PER_QUERY) {
    const slice = addresses.slice(start, start + ADDRESSES_PER_QUERY)
    for (const { id, ...account } of await store.findBy(Account, { id: In(slice) })) {
      accounts.set(id as Address, account)
    }
  }
  return accounts
}

function economyOf(snapshot: Snapshot): Economy {
  const { id, blockNumber, hash, parentHash, timestamp, digest, ...figures } = snapshot
  const { genesisBlock = null, price = null, priceSource = null, priceBlock = null } = figures
  const stakeEvent = (figures.stakeEvent ?? null) as Economy['stakeEvent']
  const unstakeEvent = (figures.unstakeEvent ?? null) as Economy['unstakeEvent']
  return { ...figures, genesisBlock, price, priceSource, priceBlock, stakeEvent, unstakeEvent }
}
