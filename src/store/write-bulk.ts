import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Column, columnsOf, type TextFormat, textOf } from './row-text'
import { addedRows, type Batch, mergedRows, type StoredRows } from './stored-rows'
import type { Transaction } from './transaction'

/** Characters that are handed to the connection at once. */
const CHUNK = 64 * 1_024

/**
 * Writes a batch of final blocks with one COPY for each table of the ledger, and one statement for each table whose
 * rows change. Nothing notes what they were, so it is for blocks only that nothing undoes.
 */
export async function writeBulk({ client, entities }: Transaction, batch: Batch): Promise<void> {
  // The checkpoint is in the same transaction: batches that a power cut takes away are read again.
  await client.query('SET LOCAL synchronous_commit = off')
  for (const added of addedRows(batch)) {
    if (added.rows.length === 0) continue
    const { table, columns } = columnsOf(entities, added.entity)
    const copy = client.query(copyFrom(`COPY "${table}" (${namesOf(columns)}) FROM STDIN`))
    await send(copyText(added, columns), copy)
  }
  for (const merged of mergedRows(batch)) {
    if (merged.rows.length === 0) continue
    const { table, columns } = columnsOf(entities, merged.entity)
    await merge(client, table, columns, merged)
  }
}

/** Hands text over as fast as the server takes it. */
async function send(chunks: Iterable<Buffer>, copy: Writable): Promise<void> {
  const done = finished(copy)
  // Told by `done`, too: here it only ends the wait.
  const drained = () => Promise.race([once(copy, 'drain'), done])
  try {
    for (const chunk of chunks) if (!copy.write(chunk)) await drained()
    copy.end()
  } catch (error) {
    // Else the connection would go on waiting for rows, and nothing could be rolled back on it.
    copy.destroy(error as Error)
    await done.catch(() => undefined)
    throw error
  }
  await done
}

/** Rows in COPY's text format: a line each, tabs between columns. */
function* copyText({ rows, idOf }: StoredRows, columns: readonly Column[]): Generator<Buffer> {
  // Most figures of a block are those of the block before: what comes again has its text already.
  const cells = columns.map((column, index) => {
    return { column, separator: index === 0 ? '' : '\t', value: undefined as unknown, text: '' }
  })
  let lines = ''
  for (const row of rows) {
    for (const cell of cells) {
      const value = cellValue(row, cell.column, idOf)
      if (value !== cell.value || value === undefined) {
        cell.value = value
        cell.text = cell.separator + textOf(value, cell.column, COPY)
      }
      lines += cell.text
    }
    lines += '\n'
    if (lines.length < CHUNK) continue
    yield Buffer.from(lines)
    lines = ''
  }
  yield Buffer.from(lines)
}

/** Inserts rows, or puts them in the place of those with the same ids: an array for each column. */
async function merge(
  client: ClientBase,
  table: string,
  columns: readonly Column[],
  { rows, idOf }: StoredRows,
): Promise<void> {
  const arrays = columns.map((column) => {
    const texts = rows.map((row) => textOf(cellValue(row, column, idOf), column, ARRAY))
    return `{${texts.join()}}`
  })
  const types = columns.map(({ type }, index) => `$${index + 1}::${type}[]`)
  const changes = columns
    .filter(({ property }) => property !== 'id')
    .map(({ name }) => `"${name}" = excluded."${name}"`)
  await client.query(
    `INSERT INTO "${table}" (${namesOf(columns)}) SELECT * FROM unnest(${types.join()})
     ON CONFLICT (id) DO UPDATE SET ${changes.join()}`,
    arrays,
  )
}

function cellValue(row: object, { property }: Column, idOf: StoredRows['idOf']): unknown {
  return property === 'id' ? idOf(row) : (row as Readonly<Record<string, unknown>>)[property]
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => `"${name}"`).join()
}

// What separates columns and rows must not come out of a value, whoever handed it over.

const COPY_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const COPY: TextFormat = {
  nothing: '\\N',
  escape: (text) =>
    /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (one) => COPY_ESCAPES[one] ?? one) : text,
}

const ARRAY: TextFormat = {
  nothing: 'NULL',
  escape: (text) => `"${text.replace(/["\\]/g, '\\$&')}"`,
}
