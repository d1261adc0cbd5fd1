import type { Cells, LedgerDatasetName } from '../core/datasets/dataset'
import type { BlockRange, Bundle } from './bundle'

/** The rows of one file, as history goes by. */
export interface RowSource {
  /** Those that a bundle adds; bundles come in order, from the first one of the history on. */
  add(bundle: Bundle): readonly Cells[]
  /** Those that are known only when the last block of the file was seen. */
  finish(): readonly Cells[]
}

/** The rows of a table of the ledger. */
export function ledgerRows(name: LedgerDatasetName, range: BlockRange): RowSource {
  return { add: (bundle) => bundle.cells(name, range), finish: () => [] }
}
