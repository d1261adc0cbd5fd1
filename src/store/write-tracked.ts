import { escapeLiteral } from 'pg'
import { arraysOf, insertSql, inTables, mergeSql, type TableRows, textArray } from './row-arrays'
import { addedRows, type Batch, mergedRows, type StoredRows } from './stored-rows'
import type { ChangeLog, Transaction } from './transaction'

/**
 * Writes a batch of a block that can still be undone, and notes every change where the SDK looks when it undoes the block: in
 * one question, as the SDK's own writers would take three for each table.
 */
export async function writeTracked(
  { client, entities, changeLog }: Transaction,
  batch: Batch,
): Promise<void> {
  if (changeLog === undefined) throw new TypeError('nothing notes what these rows were')
  const added = inTables(entities, addedRows(batch))
  const merged = inTables(entities, mergedRows(batch))
  const literals = (rows: TableRows): string[] => arraysOf(rows).map(escapeLiteral)
  const statements = [
    noteChanges(changeLog, added, merged),
    ...added.map((rows) => insertSql(rows, literals(rows))),
    ...merged.map((rows) => mergeSql(rows, literals(rows))),
  ]
  await client.query(statements.join(';\n'))
}

/** Notes which rows are new, and what the others were until now, in the shape of the SDK's change log. */
function noteChanges(
  { table, blockHeight }: ChangeLog,
  added: readonly TableRows[],
  merged: readonly TableRows[],
): string {
  const changes = [...added.map(insertedIds), ...merged.map(formerRows)].join(' UNION ALL ')
  return `INSERT INTO ${table} (block_height, index, change)
    SELECT ${blockHeight}, row_number() OVER () - 1, change FROM (${changes}) AS changes`
}

function insertedIds({ table, rows, idOf }: TableRows): string {
  return `SELECT ${insertion(table)} AS change FROM ${idsOf(rows, idOf)}`
}

function formerRows({ table, columns, rows, idOf }: TableRows): string {
  const fields = columns
    .filter(({ property }) => property !== 'id')
    // JSON's numbers lose digits.
    .map(({ name, type }) => `'${name}', former."${name}"${type === 'numeric' ? '::text' : ''}`)
  return `SELECT CASE WHEN former.id IS NULL THEN ${insertion(table)} ELSE jsonb_build_object(
      'kind', 'update', 'table', '${table}', 'id', id, 'fields', jsonb_build_object(${fields.join()})) END AS change
    FROM ${idsOf(rows, idOf)} LEFT JOIN "${table}" AS former USING (id)`
}

function insertion(table: string): string {
  return `jsonb_build_object('kind', 'insert', 'table', '${table}', 'id', id)`
}

function idsOf(rows: readonly object[], idOf: StoredRows['idOf']): string {
  return `unnest(${escapeLiteral(textArray(rows.map(idOf)))}::text[]) AS written(id)`
}
