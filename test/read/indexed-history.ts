import type { EconomyFile } from '../../src/config/economy-file'
import type { EventBlock } from '../../src/core/events'
import { accountsNeeded, fold } from '../../src/core/fold'
import type { Policy } from '../../src/core/policy'
import type { AsOf, AsOfRequest } from '../../src/read/as-of'
import { openReads, type ReadStore, type Reads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { loadAccounts, loadHistory } from '../../src/store/load-state'
import { transactionOf } from '../../src/store/transaction'
import { writeBatch } from '../../src/store/write-batch'
import { hashOf, POLICY, SEED, sha256 } from '../support/history'
import { createIndexerDatabase } from '../support/indexer-database'
import { ECONOMY } from '../support/small-economy'
import { beginHistory } from './begin-history'

/** A history that fails is made smaller for so many milliseconds, then shown: the test would end without showing any. */
export const UNTIL_SHRUNK = { interruptAfterTimeLimit: 30_000 } as const

/** A database that made-up histories are written to as the indexer does, and read from as the API does. */
export interface IndexedHistory {
  /** Empties it, and takes the rules of the next history. */
  begin(policy?: Policy): Promise<void>
  /** Adds blocks to what is there. */
  index(blocks: readonly EventBlock[]): Promise<void>
  /** Says which block is the newest that is final, until blocks are added. */
  finalize(block: number): Promise<void>
  ask<Answer>(request: AsOfRequest, use: (reads: Reads, asOf: AsOf) => Promise<Answer>): Promise<Answer>
  /** Reads that live on, as those of a service do. */
  open(version: () => number): ReadStore
  close(): Promise<void>
}

export async function createIndexedHistory(): Promise<IndexedHistory> {
  const database = await createIndexerDatabase()
  const pool = openPool(database.url, () => undefined)
  let economy: EconomyFile = ECONOMY
  let batch = 0
  const setFinal = async (height: number): Promise<void> => {
    if (batch > 0) await database.client.query('UPDATE squid_processor.status SET height = $1', [height])
  }
  return {
    async begin(policy = POLICY) {
      economy = { ...ECONOMY, policy }
      await beginHistory(database, economy)
    },
    async index(blocks) {
      const newest = blocks.at(-1)
      if (newest === undefined) return
      // As the store left it.
      await setFinal(batch)
      batch += 1
      // The store wants each batch to be higher than the one before, and the histories begin anew each time.
      await database.finalized({ height: batch, hash: hashOf('batch', batch) }, async (store) => {
        const transaction = await transactionOf(store)
        const { state } = await loadHistory(transaction, SEED)
        const accounts = await loadAccounts(transaction.client, accountsNeeded(blocks, economy.policy))
        const ledger = fold({ ...state, accounts }, blocks, economy.policy, sha256)
        await writeBatch(transaction, { ledger, head: newest.block, coverage: [] })
      })
    },
    finalize: setFinal,
    open: (version) => openReads(pool, economy, { maxLagSeconds: 0, now: () => 0, version }),
    ask(request, use) {
      const options = { maxLagSeconds: 0, now: () => 0 }
      return openReads(pool, economy, options).snapshot(async (reads) =>
        use(reads, await reads.resolve(request)),
      )
    },
    async close() {
      await pool.end()
      await database.close()
    },
  }
}
