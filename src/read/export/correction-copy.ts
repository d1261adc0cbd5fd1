import { CORRECTION_COLUMNS } from '../../core/datasets/correction-columns'
import { cellReader } from './copied-cells'
import { type DatasetCopy, type RowRange, rangeSql } from './ledger-copy'

/** A statement that reads what was taken back of some blocks, in the order in which it was, and the reader of its lines. */
export function correctionCopy(range: RowRange): DatasetCopy {
  // Ids are padded to be in order as text.
  const columns = CORRECTION_COLUMNS.map(({ name }) => (name === 'id' ? 'own.id::bigint' : `own.${name}`))
  const readers = CORRECTION_COLUMNS.map(cellReader)
  return {
    statement: `copy (select ${columns.join()} from correction as own
      where ${rangeSql(range)} order by own.id) to stdout`,
    cellsOf: (line) => {
      const fields = line.split('\t')
      if (fields.length !== readers.length) throw new TypeError(`a row has ${fields.length} fields`)
      return readers.map((read, index) => read(fields[index] ?? ''))
    },
  }
}
