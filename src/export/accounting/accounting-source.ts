import type { Address } from '../../core/address'
import type { Cells, DatasetName } from '../../core/datasets/dataset'
import type { ExportRange } from '../../core/datasets/export-range'

/**
 * What accounting files are made of: the rows of datasets in chain order, of the blocks of a range. One dataset is read at a
 * time, each to its end.
 */
export interface AccountingSource {
  rows(
    dataset: DatasetName,
    range: ExportRange,
    options?: { account?: Address },
  ): AsyncIterable<readonly Cells[]>
}
