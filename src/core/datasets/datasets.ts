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
  daily: {
    columns: DAILY_COLUMNS,
    description: 'One row for each UTC day that is over, also where nothing happened in it.',
  },
  statement: {
    columns: STATEMENT_COLUMNS,
    description: 'Everything that named one account, in chain order, with what it had after each event.',
  },
  corrections: {
    columns: CORRECTION_COLUMNS,
    description:
      'Rows that reorganisations took back after they had been served. A log of this one service: another one saw others.',
  },
} as const

/** Whether a dataset's rows are those of one table of the ledger. */
export function isLedgerDataset(name: DatasetName): name is LedgerDatasetName {
  return name in LEDGER_DATASETS
}

/** The columns of a dataset, in their order in files. */
export function columnsOf(name: DatasetName): readonly DatasetColumn[] {
  return datasetNamed(name).columns
}

/** What the rows of a dataset are, in a sentence or two. */
export function descriptionOf(name: DatasetName): string {
  return datasetNamed(name).description
}

function datasetNamed(
  name: DatasetName,
): Pick<LedgerDataset, 'columns' | 'description'> | (typeof DERIVED)[keyof typeof DERIVED] {
  return isLedgerDataset(name) ? LEDGER_DATASETS[name] : DERIVED[name]
}
