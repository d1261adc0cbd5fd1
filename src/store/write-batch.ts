import type { Batch } from './stored-rows'
import type { Transaction } from './transaction'
import { writeBulk } from './write-bulk'
import { writeTracked } from './write-tracked'

/**
 * Writes what a batch adds: in bulk where its blocks are final, with notes of every change where they can still be undone.
 * The rows are the same either way.
 */
export async function writeBatch(transaction: Transaction, batch: Batch): Promise<void> {
  await (transaction.changeLog === undefined ? writeBulk : writeTracked)(transaction, batch)
}
