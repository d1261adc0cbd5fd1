import type { Pool } from 'pg'
import type { EconomyFile } from '../../config/economy-file'
import { type Address, ZERO_ADDRESS } from '../../core/address'
import type { Cells, DatasetName } from '../../core/datasets/dataset'
import { isLedgerDataset, LEDGER_DATASETS } from '../../core/datasets/datasets'
import type { ExportRange } from '../../core/datasets/export-range'
import { contractAddresses } from '../../core/datasets/ledger-cells'
import type { ContractName } from '../../core/events'
import { accountBefore, type ChainPosition } from '../account-at'
import { copiedLines } from './copied-lines'
import { correctionCopy } from './correction-copy'
import { dailyRows } from './daily-rows'
import { AccountMisplaced, NotResumable } from './errors'
import { openExportClient } from './export-client'
import { exportHistory } from './export-history'
import { type AskedRange, exportRange, type MonthPartition, monthPartitions } from './export-ranges'
import { type DatasetCopy, ledgerCopy, type RowRange } from './ledger-copy'
import { statementCopy } from './statement-copy'

export type { AskedRange, MonthPartition }

export interface RowOptions {
  /** Whose statement. */
  readonly account?: Address | undefined
  /** Where rows go on after: block and log index of a row, or of a snapshot its block. */
  readonly after?: ChainPosition | undefined
}

/** Everything that can be exported, from one state of the database, whatever is indexed meanwhile. */
export interface ExportSource {
  /** Contracts whose history before the start block was left out on purpose: running values begin there. */
  readonly partial: readonly ContractName[]
  /**
   * The final blocks that were asked for.
   * @throws RangeNotFinal (E5101), RangeEmpty (E5102), RangeBeforeHistory (E5103), RangeContradictory (E5104)
   */
  range(asked: AskedRange): Promise<ExportRange>
  /** The UTC months of a range that have snapshots, each as a range. */
  partitions(range: ExportRange, by: 'month'): Promise<readonly MonthPartition[]>
  /**
   * Rows in their order, some hundred at a time, no faster than they are taken. One dataset is read at a time; whoever stops
   * before the end has closed the source.
   * @throws AccountMisplaced (E5105), NotResumable (E5106), DatabaseUnavailable (E5005)
   */
  rows(dataset: DatasetName, range: ExportRange, options?: RowOptions): AsyncIterable<readonly Cells[]>
  close(): Promise<void>
}

/**
 * Opens the history of an economy for exports: one connection, one transaction.
 * @throws DatabaseUnavailable (E5005), TablesMissing (E5001), NothingIndexed (E5002), OtherEconomy (E5004), NothingFinal (E5100)
 */
export async function openExportSource(pool: Pool, economy: EconomyFile): Promise<ExportSource> {
  const client = await openExportClient(pool)
  const { query } = client
  const history = await exportHistory(query, economy).catch(async (error: unknown) => {
    await client.close()
    throw error
  })
  const contracts = contractAddresses(economy.contracts)

  async function* copied(
    { statement, cellsOf }: DatasetCopy,
    encoding: 'latin1' | 'utf8' = 'latin1',
  ): AsyncGenerator<readonly Cells[]> {
    for await (const lines of copiedLines(client.copy(statement), encoding)) yield lines.map(cellsOf)
  }

  async function* statement(account: Address, range: RowRange): AsyncGenerator<readonly Cells[]> {
    const { after, fromBlock } = range
    const first =
      after === undefined || after.blockNumber < fromBlock
        ? { blockNumber: fromBlock, logIndex: 0 }
        : { ...after, logIndex: after.logIndex + 1 }
    yield* copied(statementCopy(account, range, contracts, await accountBefore(query, first, account)))
  }

  return {
    partial: history.frame.partial,
    range: (asked) => exportRange(query, history, asked),
    partitions: (range) => monthPartitions(query, history, range),
    rows(dataset, { fromBlock, toBlock, ...range }, { account, after } = {}) {
      const rowRange = { fromBlock, toBlock, after }
      if (dataset === 'statement') return statement(accountOf(account), rowRange)
      if (account !== undefined) throw new AccountMisplaced({ dataset, problem: 'it is not of one account' })
      if (isLedgerDataset(dataset)) return copied(ledgerCopy(LEDGER_DATASETS[dataset], rowRange, contracts))
      if (after !== undefined) throw new NotResumable({ dataset })
      if (dataset === 'corrections') return copied(correctionCopy(rowRange), 'utf8')
      return dailyRows(query, history, { fromBlock, toBlock, ...range }, economy.policy)
    },
    close: client.close,
  }
}

/** @throws AccountMisplaced (E5105) */
function accountOf(account: Address | undefined): Address {
  if (account !== undefined && account !== ZERO_ADDRESS) return account
  const problem = account === undefined ? 'it is of no account' : 'the zero address is nobody’s account'
  throw new AccountMisplaced({ dataset: 'statement', problem })
}
