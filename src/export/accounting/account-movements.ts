import type { EconomyFile } from '../../config/economy-file'
import type { Address } from '../../core/address'
import type { ExportRange } from '../../core/datasets/export-range'
import type { AccountingSource } from './accounting-source'
import type { Movement, StatementEntry } from './movement'
import { movementsOf } from './movements-of'
import { pickColumns } from './pick-columns'

const pick = pickColumns(
  'statement',
  ['kind', 'amount', 'transaction_hash', 'log_index', 'block_timestamp'],
  ['counterparty'],
)

/**
 * What moved into and out of an account's wallet, in chain order. Of the token, what entered less what left is by how much the
 * balance grew; of a stable asset that rewards are paid in, all that entered is what was paid.
 */
export async function* accountMovements(
  source: AccountingSource,
  range: ExportRange,
  economy: EconomyFile,
  account: Address,
): AsyncGenerator<readonly Movement[]> {
  // What an event is shows by the others of its transaction, which follow each other.
  let transaction: StatementEntry[] = []
  for await (const rows of source.rows('statement', range, { account })) {
    const movements: Movement[] = []
    for (const entry of rows.map(pick)) {
      if (entry.transaction_hash !== transaction[0]?.transaction_hash) {
        movements.push(...movementsOf(transaction, economy))
        transaction = []
      }
      transaction.push(entry)
    }
    yield movements
  }
  yield movementsOf(transaction, economy)
}
