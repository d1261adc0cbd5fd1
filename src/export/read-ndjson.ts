import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import { quoted, spellingProblem } from './cell-spelling'
import { readLines } from './read-lines'
import { FileDeviates } from './verify/errors'

/**
 * The rows of an NDJSON file as this program writes it: each line one object without spaces, its members the columns in
 * their order.
 * @param name of the file, in messages
 * @throws FileDeviates (E7020) at the first thing that is written otherwise
 */
export async function* readNdjson(
  file: string,
  name: string,
  columns: readonly DatasetColumn[],
): AsyncGenerator<readonly Cells[]> {
  let row = 0
  for await (const lines of readLines(file, name)) {
    yield lines.map((line) => {
      row += 1
      return cellsOf(line, columns, { row, line: row }, name)
    })
  }
}

function cellsOf(
  line: string,
  columns: readonly DatasetColumn[],
  place: { readonly row: number; readonly line: number },
  name: string,
): Cells {
  const members = membersOf(line, place, name)
  const cells: (string | null)[] = []
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index] as DatasetColumn
    const [key, value] = members[index] ?? []
    const at = { column: column.name, ...place }
    if (key !== column.name) {
      const found = key === undefined ? 'missing' : `${quoted(key)}`
      throw new FileDeviates(`member ${index + 1} should be ${column.name}, and is ${found}`, at, name)
    }
    const cell = value === null ? null : String(value)
    const problem = typeProblem(value, column) ?? spellingProblem(cell, column)
    if (problem !== undefined) throw new FileDeviates(problem, at, name)
    cells.push(cell)
  }
  if (members.length > columns.length) {
    const [key = ''] = members[columns.length] ?? []
    throw new FileDeviates(`${quoted(key)} is not a column`, place, name)
  }
  return cells
}

/** Numbers are whole ones that no reader rounds; amounts never are numbers. */
function typeProblem(value: unknown, { kind }: DatasetColumn): string | undefined {
  if (value === null) return undefined
  const isNumber = kind === 'integer' && (typeof value === 'number' || Number.isSafeInteger(Number(value)))
  const expected = isNumber ? 'number' : kind === 'flag' ? 'boolean' : 'string'
  const article = expected === 'string' ? 'a text' : `a ${expected}`
  const found = typeof value
  return found === expected ? undefined : `${JSON.stringify(value)} is not ${article}`
}

function membersOf(
  line: string,
  place: { readonly row: number; readonly line: number },
  name: string,
): [key: string, value: unknown][] {
  let object: unknown
  try {
    object = JSON.parse(line)
  } catch {
    throw new FileDeviates('the line is not JSON', place, name)
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new FileDeviates('the line is not an object', place, name)
  }
  // Spaces, a member twice, another escape of the same text: whatever is not as it would be written again.
  if (JSON.stringify(object) !== line) {
    throw new FileDeviates('the object is not written the way this program writes it', place, name)
  }
  return Object.entries(object)
}
