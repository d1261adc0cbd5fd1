import { type Column, columnsOf } from './row-text'
import { addedRows, type Batch, mergedRows, type StoredRows } from './stored-rows'
import type { Transaction } from './transaction'

/** Writes a batch through the SDK's store, which notes every change, so that blocks that are not final can be undone. */
export async function writeTracked({ store, entities }: Transaction, batch: Batch): Promise<void> {
  const instancesOf = ({ entity, rows, idOf }: StoredRows) => {
    const { columns } = columnsOf(entities, entity)
    return rows.map((row) => Object.assign(new entity(), valuesOf(row, columns), { id: idOf(row) }))
  }
  for (const rows of addedRows(batch)) await store.insert(instancesOf(rows))
  for (const rows of mergedRows(batch)) await store.upsert(instancesOf(rows))
}

function valuesOf(row: object, columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const { name, property, type } of columns) {
    if (property === 'id') continue
    const value = (row as Readonly<Record<string, unknown>>)[property]
    if (value === undefined) throw new TypeError(`a row has no value for column ${name}`)
    values[property] = type === 'timestamp with time zone' ? new Date(Number(value) * 1_000) : value
  }
  return values
}
