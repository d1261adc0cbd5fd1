import type { z } from 'zod'
import { DATASET_NAMES, type DatasetName } from '../../core/datasets/dataset'
import { descriptionOf } from '../../core/datasets/datasets'
import { DATA_FORMATS, type DataFormat } from '../manifest'
import { CODINGS } from './compression'
import type { Coding } from './content-coding'
import { type DownloadQuery, QUERIES } from './download-query'

/** A file that is served: one path. */
export interface Download {
  readonly dataset: DatasetName
  readonly format: DataFormat
  readonly path: string
  readonly description: string
  /** Checks what may be asked of it. */
  readonly query: z.ZodType<DownloadQuery>
  /** Why it cannot go on after a row; undefined where it can. */
  readonly notResumable: string | undefined
  /** Whether the same range is the same file, wherever and whenever it is made. */
  readonly isDeterministic: boolean
  readonly codings: readonly Coding[]
}

/** Every file that is served. */
export const DOWNLOADS: readonly Download[] = DATASET_NAMES.flatMap((dataset) =>
  DATA_FORMATS.map((format) => downloadOf(dataset, format)),
)

function downloadOf(dataset: DatasetName, format: DataFormat): Download {
  const notResumable = whyNotResumable(dataset, format)
  return {
    dataset,
    format,
    path: `/api/export/${dataset}.${format}`,
    description: descriptionOf(dataset),
    query: queryOf(dataset, notResumable === undefined),
    notResumable,
    isDeterministic: dataset !== 'corrections',
    // The pages of a Parquet file are compressed already.
    codings: format === 'parquet' ? [] : CODINGS,
  }
}

function whyNotResumable(dataset: DatasetName, format: DataFormat): string | undefined {
  if (format === 'parquet') return 'a Parquet file is whole or unreadable'
  return dataset === 'daily' || dataset === 'corrections' ? 'its rows are no events' : undefined
}

function queryOf(dataset: DatasetName, isResumable: boolean): z.ZodType<DownloadQuery> {
  if (dataset === 'statement') return isResumable ? QUERIES.resumableStatement : QUERIES.statement
  return isResumable ? QUERIES.resumable : QUERIES.whole
}
