import type { EconomyFile } from '../../config/economy-file'
import type { Address } from '../../core/address'
import type { ExportRange } from '../../core/datasets/export-range'
import type { AccountingFormat } from '../manifest'
import type { AccountingSource } from './accounting-source'
import { AccountMissing, AccountUnexpected } from './errors'
import { treasuryJournal } from './hledger/treasury-journal'
import { koinlyFile } from './koinly-file'
import { rotkiFile } from './rotki-file'

export interface AccountingOptions {
  readonly economy: EconomyFile
  /** Whose file it is; for a journal of the treasury, none. */
  readonly account?: Address | undefined
}

/**
 * A file of another program, piece by piece. Its bytes depend on the rows, the range and the economy alone.
 * @returns in the end, how many rows there are: movements of the account, or transactions of the journal
 * @throws AccountMissing (E7070), AccountUnexpected (E7071), SymbolUnusable (E7072), FlowsContradictory (E7073)
 */
export function accountingFile(
  format: AccountingFormat,
  source: AccountingSource,
  range: ExportRange,
  { economy, account }: AccountingOptions,
): AsyncGenerator<Uint8Array, number> {
  if (format === 'hledger') {
    if (account !== undefined) throw new AccountUnexpected({ format, account })
    return treasuryJournal(source, range, economy)
  }
  if (account === undefined) throw new AccountMissing({ format })
  return (format === 'koinly' ? koinlyFile : rotkiFile)(source, range, economy, account)
}
