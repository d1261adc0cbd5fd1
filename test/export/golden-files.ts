import type { DatasetName } from '../../src/core/datasets/dataset'
import { columnsOf } from '../../src/core/datasets/datasets'
import { DATA_FORMATS, type DataFormat } from '../../src/export/manifest'
import { encoded } from './encoded'
import { madeRows } from './sample-rows'

export const ALL_DATASETS = [
  'transfers',
  'burns',
  'stakes',
  'rewards',
  'treasury_flows',
  'prices',
  'snapshots',
  'daily',
  'statement',
  'corrections',
] as const satisfies readonly DatasetName[]

/** A small file of each data set in each format, of the same rows for ever. */
export function goldenFiles(): readonly { name: string; content: () => Buffer }[] {
  return ALL_DATASETS.flatMap((dataset: DatasetName) =>
    DATA_FORMATS.map((format: DataFormat) => ({
      name: `${dataset.replace('_', '-')}.${format}`,
      content: () => encoded(format, columnsOf(dataset), [...madeRows(columnsOf(dataset), 12)]),
    })),
  )
}
