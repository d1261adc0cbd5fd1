import type { EconomyFile } from '../config/economy-file'
import type { Cells, DatasetName } from '../core/datasets/dataset'
import { columnsOf, isLedgerDataset } from '../core/datasets/datasets'
import { contractAddresses } from '../core/datasets/ledger-cells'
import { accountingFile } from '../export/accounting/accounting-file'
import type { AccountingSource } from '../export/accounting/accounting-source'
import type { AccountingFormat, Manifest } from '../export/manifest'
import { type BlockRange, isWithin } from './bundle'
import { rangeOf } from './range-of'
import { rebuildLines } from './rebuild-lines'
import type { Rebuilding } from './rebuilding'
import { ledgerRows, type RowSource } from './row-source'
import { openSpool } from './spool'
import { statementRows } from './statement-rows'

/** The datasets that the files of other programs are made of, and from which block on: 0 is the first one of the history. */
const MADE_OF: Readonly<
  Record<AccountingFormat, (range: BlockRange) => Partial<Record<DatasetName, number>>>
> = {
  hledger: ({ fromBlock, toBlock }) => ({
    // What each of several wallets had before the range, only their earlier flows tell.
    treasury_flows: 0,
    burns: fromBlock,
    prices: fromBlock,
    snapshots: toBlock,
  }),
  koinly: ({ fromBlock }) => ({ statement: fromBlock }),
  rotki: ({ fromBlock }) => ({ statement: fromBlock }),
}

/** A file of another program. It is made of datasets that it reads one after the other, so these are put aside first. */
export function rebuildAccounting(
  path: string,
  manifest: Manifest,
  format: AccountingFormat,
  economy: EconomyFile,
): Rebuilding {
  const { toBlock } = manifest
  const spool = openSpool()
  const sources = Object.entries(MADE_OF[format](manifest)).map(([name, fromBlock]) => {
    const dataset = name as DatasetName
    return { dataset, rows: rowsOf(dataset, { fromBlock, toBlock }, manifest, economy) }
  })
  const source: AccountingSource = { rows: (dataset, range) => within(range, dataset, spool.rows(dataset)) }
  return {
    add(bundle) {
      for (const { dataset, rows } of sources) spool.add(dataset, rows.add(bundle))
    },
    finish(marks) {
      const account = manifest.account ?? undefined
      return rebuildLines(
        path,
        accountingFile(format, source, rangeOf(manifest, marks), { economy, account }),
      )
    },
    close: () => spool.remove(),
  }
}

async function* within(
  range: BlockRange,
  dataset: DatasetName,
  bundles: AsyncIterable<readonly Cells[]>,
): AsyncGenerator<readonly Cells[]> {
  const block = columnsOf(dataset).findIndex(({ name }) => name === 'block_number')
  for await (const rows of bundles) yield rows.filter((cells) => isWithin(range, Number(cells[block])))
}

function rowsOf(
  name: DatasetName,
  range: BlockRange,
  { account }: Manifest,
  economy: EconomyFile,
): RowSource {
  if (isLedgerDataset(name)) return ledgerRows(name, range)
  if (account !== null) return statementRows(account, contractAddresses(economy.contracts), range)
  throw new TypeError(`there is no ${name} of nobody`)
}
