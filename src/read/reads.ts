import type { Pool } from 'pg'
import type { EconomyFile } from '../config/economy-file'
import type { Address } from '../core/address'
import { type AccountAt, accountAt } from './account-at'
import type { AsOf, AsOfRequest } from './as-of'
import { type EconomyAt, economyAt } from './economy-at'
import { type Frame, loadFrame } from './frame'
import { ledgerPage, type PageRequest } from './ledger-page'
import type { Entry, Ledger } from './ledgers'
import { type Freshness, resolveAsOf } from './resolve-as-of'
import type { RunQuery } from './row'
import { type StoreStatus, storeStatus } from './store-status'
import { inTransaction } from './transaction'

/** Every question that the edges can ask, answered from one state of the database. */
export interface Reads {
  /** Finds the block that a question is about, or refuses (docs/errors.md, E5001–E5009). */
  resolve(request: AsOfRequest): Promise<AsOf>
  economyAt(asOf: AsOf): Promise<EconomyAt>
  accountAt(asOf: AsOf, address: Address): Promise<AccountAt>
  ledger<T extends Entry>(ledger: Ledger<T>, asOf: AsOf, page: PageRequest): Promise<readonly T[]>
  /** How far the store is; answers even before anything is indexed. */
  status(): Promise<StoreStatus>
  /** What freshness is judged by in this answer. */
  readonly freshness: Freshness
}

/** Where the edges get their reads from. */
export interface ReadStore {
  /** Runs `use` with reads that all see one state: a commit or reorganisation meanwhile does not mix in. */
  snapshot<T>(use: (reads: Reads) => Promise<T>): Promise<T>
}

export interface ReadOptions {
  /** Seconds behind the clock from which the newest figures are refused. */
  readonly maxLagSeconds: number
  /** The clock, in unix seconds. */
  readonly now: () => number
}

/** Reads the tables of one economy; a database that holds another one is refused at every answer (E5004). */
export function openReads(pool: Pool, economy: EconomyFile, options: ReadOptions): ReadStore {
  return {
    snapshot: (use) =>
      inTransaction(pool, (query) => {
        const freshness = { now: options.now(), maxLagSeconds: options.maxLagSeconds }
        return use(readsOf(query, economy, freshness))
      }),
  }
}

function readsOf(query: RunQuery, economy: EconomyFile, freshness: Freshness): Reads {
  let frame: Promise<Frame> | undefined
  return {
    freshness,
    resolve: async (request) => {
      frame ??= loadFrame(query, economy)
      return resolveAsOf(query, await frame, request, freshness)
    },
    economyAt: (asOf) => economyAt(query, asOf),
    accountAt: (asOf, address) => accountAt(query, asOf, address),
    ledger: (ledger, asOf, page) => ledgerPage(query, ledger, asOf, page),
    status: () => storeStatus(query),
  }
}
