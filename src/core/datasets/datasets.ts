import { CORRECTION_COLUMNS } from './correction-columns'
import { DAILY_COLUMNS } from './daily-columns'
import type { DatasetColumn, DatasetName, LedgerDataset, LedgerDatasetName } from './dataset'
import { EVENT_DATASETS } from './event-datasets'
import { SNAPSHOTS } from './snapshots-dataset'
import { STATEMENT_COLUMNS } from './statement-columns'

export { CORRECTION_COLUMNS, DAILY_COLUMNS, STATEMENT_COLUMNS }

/** The datasets whose rows are those of one table of the ledger. */
export const LEDGER_DATASETS: Readonly<Record<LedgerDatasetName, LedgerDataset>> = {
  ...EVENT_DATASETS,
  snapshots: SNAPSHOTS,
}

const DERIVED = {
  daily: DAILY_COLUMNS,
  statement: STATEMENT_COLUMNS,
  corrections: CORRECTION_COLUMNS,
} as const

/** Whether a dataset's rows are those of one table of the ledger. */
export function isLedgerDataset(name: DatasetName): name is LedgerDatasetName {
  return name in LEDGER_DATASETS
}

/** The columns of a dataset, in their order in files. */
export function columnsOf(name: DatasetName): readonly DatasetColumn[] {
  return isLedgerDataset(name) ? LEDGER_DATASETS[name].columns : DERIVED[name]
}
