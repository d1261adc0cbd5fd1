import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import { quoted, spellingProblem } from './cell-spelling'
import { readLines } from './read-lines'
import { FileDeviates } from './verify/errors'

/** What a text has before it so that no spreadsheet takes it for a formula. */
const GUARD = "'"
const FORMULA = /^[=+\-@\t\0]/
/** No row that this program writes comes near it; quotes that stay open must not take the whole file for one text. */
const LONGEST_RECORD = 16 * 2 ** 20
/** The half of a line end that is still there when lines are parted at the other one. */
const RETURN = '\r'

/**
 * The rows of a CSV file as this program writes it: RFC 4180 with CRLF, quotes only where they are needed, nothing at all
 * for a missing value and `""` for an empty text, a guard before what a spreadsheet would compute.
 * @param name of the file, in messages
 * @throws FileDeviates (E7020) at the first thing that is written otherwise
 */
export async function* readCsv(
  file: string,
  name: string,
  columns: readonly DatasetColumn[],
): AsyncGenerator<readonly Cells[]> {
  let line = 0
  let row = 0
  let begun: string | undefined
  let begunAt = 0
  let hasHeader = false
  for await (const lines of readLines(file, name)) {
    const rows: Cells[] = []
    for (const text of lines) {
      line += 1
      if (begun === undefined) begunAt = line
      const record: string = begun === undefined ? text : `${begun}\n${text}`
      // Within quotes a line end is text; it is a new row only after the quotes are closed.
      const isOpen = (begun !== undefined) !== hasOddQuotes(text)
      begun = isOpen && record.length < LONGEST_RECORD ? record : undefined
      if (begun !== undefined) continue
      if (isOpen) throw new FileDeviates('quotes are not closed', { row: row + 1, line: begunAt }, name)
      if (!record.endsWith(RETURN)) throw new FileDeviates('the line does not end in CRLF', { line }, name)
      const fields = record.slice(0, -1)
      if (!hasHeader) {
        checkHeader(fields, columns, name)
        hasHeader = true
        continue
      }
      row += 1
      rows.push(cellsOf(fields, columns, { row, line: begunAt }, name))
    }
    if (rows.length > 0) yield rows
  }
  if (begun !== undefined)
    throw new FileDeviates('quotes are not closed', { row: row + 1, line: begunAt }, name)
  if (!hasHeader) throw new FileDeviates('there is no header', { line: 1 }, name)
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd
  return isOdd
}

function checkHeader(record: string, columns: readonly DatasetColumn[], name: string): void {
  const names = record.split(',')
  const wrong = columns.findIndex((column, index) => names[index] !== column.name)
  const index = wrong >= 0 ? wrong : columns.length
  if (wrong < 0 && names.length === columns.length) return
  const expected = columns[index]?.name
  const found = names[index]
  const problem =
    expected === undefined
      ? `the header has a column too many, ${quoted(found ?? '')}`
      : `column ${index + 1} of the header should be ${expected}, and is ${quoted(found ?? null)}`
  throw new FileDeviates(problem, { line: 1, ...(expected === undefined ? {} : { column: expected }) }, name)
}

type Place = { readonly row: number; readonly line: number }

function cellsOf(record: string, columns: readonly DatasetColumn[], place: Place, name: string): Cells {
  const hasQuotes = record.includes('"') || record.includes(RETURN)
  const cells: (string | null)[] = hasQuotes ? quotedFields(record, place, name) : record.split(',')
  if (cells.length !== columns.length) {
    throw new FileDeviates(`${cells.length} values for ${columns.length} columns`, place, name)
  }
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index] as DatasetColumn
    if (!hasQuotes && cells[index] === '') cells[index] = null
    if (column.kind === 'text')
      cells[index] = unguarded(cells[index] ?? null, { column: column.name, ...place }, name)
    const problem = spellingProblem(cells[index] ?? null, column)
    if (problem === undefined) continue
    throw new FileDeviates(problem, { ...place, column: column.name }, name)
  }
  return cells
}

/** The fields of a record that has quotes in it; of fields without a value null. */
function quotedFields(record: string, place: Place, name: string): (string | null)[] {
  const fields: (string | null)[] = []
  const wrong = (problem: string): never => {
    throw new FileDeviates(`value ${fields.length + 1} ${problem}`, place, name)
  }
  let at = 0
  while (true) {
    if (record[at] === '"') {
      let text = ''
      let end = at + 1
      while (true) {
        const quote = record.indexOf('"', end)
        if (quote < 0) return wrong('has quotes that are not closed')
        text += record.slice(end, quote)
        end = quote + 1
        if (record[end] !== '"') break
        text += '"'
        end += 1
      }
      if (end < record.length && record[end] !== ',') wrong('goes on after its closing quote')
      if (text !== '' && !/[",\r\n]/.test(text)) wrong('is in quotes without need')
      fields.push(text)
      at = end
    } else {
      const comma = record.indexOf(',', at)
      const field = record.slice(at, comma < 0 ? undefined : comma)
      if (field.includes('"')) wrong('has a quote in it and is not in quotes')
      if (field.includes(RETURN)) wrong('has a line end in it and is not in quotes')
      fields.push(field === '' ? null : field)
      at += field.length
    }
    if (at >= record.length) return fields
    at += 1
  }
}

function unguarded(
  cell: string | null,
  place: { row: number; line: number; column: string },
  name: string,
): string | null {
  if (cell === null) return null
  if (FORMULA.test(cell)) {
    throw new FileDeviates(
      `${quoted(cell)} would be computed by a spreadsheet: its guard is missing`,
      place,
      name,
    )
  }
  return cell.startsWith(GUARD) && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}
