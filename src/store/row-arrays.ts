import type { EntityManager } from 'typeorm'
import { type Column, columnsOf, type TextFormat, textOf } from './row-text'
import type { StoredRows } from './stored-rows'

/** Rows of one table, with its name and its columns. */
export interface TableRows extends StoredRows {
  readonly table: string
  readonly columns: readonly Column[]
}

/** The tables of these rows, those alone that there are rows for. */
export function inTables(entities: EntityManager, all: readonly StoredRows[]): TableRows[] {
  return all
    .filter(({ rows }) => rows.length > 0)
    .map((each) => ({ ...each, ...columnsOf(entities, each.entity) }))
}

/** What a row has in a column. */
export function cellValue(row: object, { property }: Column, idOf: StoredRows['idOf']): unknown {
  return property === 'id' ? idOf(row) : (row as Readonly<Record<string, unknown>>)[property]
}

/** Rows as PostgreSQL's text of an array for each column. */
export function arraysOf({ rows, idOf, columns }: TableRows): string[] {
  return columns.map((column) =>
    arrayOf(rows.map((row) => textOf(cellValue(row, column, idOf), column, ARRAY))),
  )
}

/** Ids, or other plain text, as PostgreSQL's text of an array. */
export function textArray(texts: readonly string[]): string {
  return arrayOf(texts.map(ARRAY.escape))
}

function arrayOf(elements: readonly string[]): string {
  return `{${elements.join()}}`
}

// What separates elements must not come out of a value, whoever handed it over.
const ARRAY: TextFormat = {
  nothing: 'NULL',
  escape: (text) => `"${text.replace(/["\\]/g, '\\$&')}"`,
}

/** Inserts rows that come as arrays. @param arrays SQL for each of them, in the order of the columns */
export function insertSql({ table, columns }: TableRows, arrays: readonly string[]): string {
  const typed = columns.map(({ type }, index) => `${arrays[index]}::${type}[]`)
  return `INSERT INTO "${table}" (${namesOf(columns)}) SELECT * FROM unnest(${typed.join()})`
}

/** Inserts rows likewise, or puts them in the place of those with the same ids. */
export function mergeSql(rows: TableRows, arrays: readonly string[]): string {
  const changes = rows.columns
    .filter(({ property }) => property !== 'id')
    .map(({ name }) => `"${name}" = excluded."${name}"`)
  return `${insertSql(rows, arrays)} ON CONFLICT (id) DO UPDATE SET ${changes.join()}`
}

export function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => `"${name}"`).join()
}
