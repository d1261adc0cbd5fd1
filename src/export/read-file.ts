import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import type { DataFormat } from './manifest'
import { readCsv } from './read-csv'
import { readNdjson } from './read-ndjson'
import { readParquet } from './read-parquet'

const READERS = { csv: readCsv, ndjson: readNdjson, parquet: readParquet } as const

/**
 * The rows of a data file, bundle by bundle, with bounded memory. Strict: text that is not written the one way in which
 * this program writes it is refused, whatever it may mean.
 * @param name what messages call the file
 * @throws FileDeviates (E7020) with line, row and column; rows before it in the same bundle are not given
 */
export function readCells(
  file: string,
  format: DataFormat,
  columns: readonly DatasetColumn[],
  name: string = file,
): AsyncGenerator<readonly Cells[]> {
  return READERS[format](file, name, columns)
}
