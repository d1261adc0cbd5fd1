import type { DatasetColumn } from '../core/datasets/dataset'
import { encodeCsv } from './encode-csv'
import { encodeNdjson } from './encode-ndjson'
import { encodeParquet } from './encode-parquet'
import type { ResumableEncoder } from './encoder'
import type { DataFormat } from './manifest'

const ENCODERS: Readonly<
  Record<DataFormat, (columns: readonly DatasetColumn[], notes?: readonly string[]) => ResumableEncoder>
> = { csv: encodeCsv, ndjson: encodeNdjson, parquet: encodeParquet }

/** @param notes those of an encoder whose work the new one goes on with, without `start` */
export function createEncoder(
  format: DataFormat,
  columns: readonly DatasetColumn[],
  notes?: readonly string[],
): ResumableEncoder {
  return ENCODERS[format](columns, notes)
}
