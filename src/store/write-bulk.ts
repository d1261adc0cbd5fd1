import { finished } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { arraysOf, cellValue, inTables, mergeSql, namesOf, type TableRows } from './row-arrays'
import { type TextFormat, textOf } from './row-text'
import { addedRows, type Batch, mergedRows } from './stored-rows'
import type { Transaction } from './transaction'

/** Characters in one piece of text. */
const CHUNK = 64 * 1_024

/**
 * Writes a batch of final blocks with one COPY for each table of the ledger, and one statement for each table whose
 * rows change. Nothing notes what they were, so it is for blocks only that nothing undoes.
 *
 * The text of each table is made while the server is busy with the one before, those first whose rows change: theirs is
 * the work that it takes longest for.
 */
export async function writeBulk({ client, entities }: Transaction, batch: Batch): Promise<void> {
  // The checkpoint is in the same transaction: batches that a power cut takes away are read again.
  await client.query('SET LOCAL synchronous_commit = off')
  let written = mergeAll(client, inTables(entities, mergedRows(batch)))
  // Large tables next to each other: each gives the server enough to do while the text of the other is made.
  const tables = inTables(entities, addedRows(batch)).sort((a, b) => b.rows.length - a.rows.length)
  for (const added of tables) {
    // Told below; if no text can be made of these rows, it is that which counts.
    written.catch(() => undefined)
    const text = copyText(added)
    await written
    written = copyIn(client, added, text)
  }
  await written
}

async function mergeAll(client: ClientBase, tables: readonly TableRows[]): Promise<void> {
  for (const merged of tables) {
    const places = merged.columns.map((_, index) => `$${index + 1}`)
    await client.query(mergeSql(merged, places), arraysOf(merged))
  }
}

async function copyIn(
  client: ClientBase,
  { table, columns }: TableRows,
  text: readonly Buffer[],
): Promise<void> {
  const copy = client.query(copyFrom(`COPY "${table}" (${namesOf(columns)}) FROM STDIN`))
  for (const chunk of text) copy.write(chunk)
  copy.end()
  await finished(copy)
}

/** Rows in COPY's text format: a line each, tabs between columns. */
function copyText({ rows, idOf, columns }: TableRows): Buffer[] {
  // Most figures of a block are those of the block before: what comes again has its text already.
  const cells = columns.map((column, index) => {
    return { column, separator: index === 0 ? '' : '\t', value: undefined as unknown, text: '' }
  })
  const pieces: Buffer[] = []
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
    pieces.push(Buffer.from(lines))
    lines = ''
  }
  pieces.push(Buffer.from(lines))
  return pieces
}

// What separates columns and rows must not come out of a value, whoever handed it over.

const COPY_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const COPY: TextFormat = {
  nothing: '\\N',
  escape: (text) =>
    /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (one) => COPY_ESCAPES[one] ?? one) : text,
}
