import { DATASET_NAMES, type DatasetName } from '../../src/core/datasets/dataset'
import { columnsOf } from '../../src/core/datasets/datasets'
import { DATA_FORMATS, type DataFormat } from '../../src/export/manifest'
import { encoded } from './encoded'
import { madeRows } from './sample-rows'

/** A small file of each data set in each format, of the same rows for ever. */
export function goldenFiles(): readonly { name: string; content: () => Buffer }[] {
  return DATASET_NAMES.flatMap((dataset: DatasetName) =>
    DATA_FORMATS.map((format: DataFormat) => ({
      name: `${dataset.replace('_', '-')}.${format}`,
      content: () => encoded(format, columnsOf(dataset), [...madeRows(columnsOf(dataset), 12)]),
    })),
  )
}
