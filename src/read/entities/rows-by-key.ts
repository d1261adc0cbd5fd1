import type { RunQuery } from '../row'
import { decoderOf } from './decode'
import { columnOf, type Entity, type EntityRow } from './entity'
import { keyedStatement } from './statements'

/** The rows that have one of these values in a column that is unique, by that value; one statement for all of them. */
export async function rowsByKey(
  query: RunQuery,
  entity: Entity,
  keyField: string,
  keys: readonly unknown[],
  fields: readonly string[],
): Promise<ReadonlyMap<unknown, EntityRow>> {
  const key = columnOf(entity, keyField)
  const columns = [...new Set([key, ...fields.map((field) => columnOf(entity, field))])]
  const { text, values } = keyedStatement(entity, key, keys, columns)
  const rows = (await query(text, values)).map(decoderOf(columns))
  return new Map(rows.map((row) => [row[keyField], row]))
}
