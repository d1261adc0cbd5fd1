import type { Pool } from 'pg'
import type { EconomyFile } from '../../../src/config/economy-file'
import type { Cells } from '../../../src/core/datasets/dataset'
import { GENESIS } from '../../../src/core/economy'
import type { EventBlock } from '../../../src/core/events'
import { fold } from '../../../src/core/fold'
import type { Ledger } from '../../../src/core/ledger'
import type { Policy } from '../../../src/core/policy'
import { type ExportSource, openExportSource } from '../../../src/read/export/export-source'
import { openPool } from '../../../src/read/transaction'
import { transactionOf } from '../../../src/store/transaction'
import { writeBatch } from '../../../src/store/write-batch'
import { hashOf, POLICY, START, sha256 } from '../../support/history'
import { createIndexerDatabase } from '../../support/indexer-database'
import { ECONOMY } from '../../support/small-economy'
import { beginHistory } from '../begin-history'

/** A database that whole histories are written to as the indexer writes them, and exported from. */
export interface ExportedHistory {
  readonly url: string
  readonly pool: Pool
  /** The economy of the newest history. */
  readonly economy: EconomyFile
  /** Puts a history in place of the one before; blocks above `final` are not final. */
  hold(blocks: readonly EventBlock[], final?: number, policy?: Policy): Promise<Ledger>
  run(statement: string, values?: unknown[]): Promise<void>
  /** Uses a source, and closes it. */
  export<T>(use: (source: ExportSource) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function createExportedHistory(): Promise<ExportedHistory> {
  const database = await createIndexerDatabase()
  const pool = openPool(database.url, () => undefined)
  let economy: EconomyFile = ECONOMY
  let batch = 0
  return {
    url: database.url,
    pool,
    get economy() {
      return economy
    },
    async hold(blocks, final = Number.MAX_SAFE_INTEGER, policy = POLICY) {
      economy = { ...ECONOMY, policy }
      await beginHistory(database, economy)
      const head = blocks.at(-1)?.block
      if (head === undefined) throw new TypeError('a history without blocks')
      const ledger = fold({ ...START, economy: GENESIS }, blocks, policy, sha256)
      // What the store compares with is what it wrote itself.
      if (batch > 0) await database.client.query('UPDATE squid_processor.status SET height = $1', [batch])
      batch += 1
      // The store wants each batch to be higher than the one before, and the histories begin anew each time.
      await database.finalized({ height: batch, hash: hashOf('batch', batch) }, async (store) =>
        writeBatch(await transactionOf(store), { ledger, head, coverage: [] }),
      )
      const height = Math.min(final, head.number)
      await database.client.query('UPDATE squid_processor.status SET height = $1', [height])
      return ledger
    },
    run: async (statement, values) => void (await database.client.query(statement, values)),
    async export(use) {
      const source = await openExportSource(pool, economy)
      try {
        return await use(source)
      } finally {
        await source.close()
      }
    },
    async close() {
      await pool.end()
      await database.close()
    },
  }
}

/** All rows, out of their bundles. */
export async function allRows(bundles: AsyncIterable<readonly Cells[]>): Promise<Cells[]> {
  const rows: Cells[] = []
  for await (const bundle of bundles) rows.push(...bundle)
  return rows
}
