import type { CellKind, Cells, DatasetColumn } from '../../core/datasets/dataset'
import { encodeCsv } from '../encode-csv'
import type { Movement } from './movement'

/** A column of another program's file; texts are guarded against being taken for formulas. */
export function foreignColumn(
  name: string,
  kind: Extract<CellKind, 'text' | 'fixed' | 'integer'>,
): DatasetColumn {
  return { name, kind, isNullable: true, description: '' }
}

/**
 * A CSV file with one line for each movement of an account.
 * @returns in the end, how many
 */
export async function* movementsCsv(
  columns: readonly DatasetColumn[],
  lineOf: (movement: Movement) => Cells,
  movements: AsyncIterable<readonly Movement[]>,
): AsyncGenerator<Uint8Array, number> {
  const encoder = encodeCsv(columns)
  let count = 0
  yield encoder.start()
  for await (const some of movements) {
    if (some.length === 0) continue
    count += some.length
    yield encoder.add(some.map(lineOf))
  }
  return count
}
