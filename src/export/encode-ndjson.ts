import type { CellKind, DatasetColumn } from '../core/datasets/dataset'
import type { ResumableEncoder } from './encoder'

type Spell = (cell: string) => string

const inQuotes: Spell = (cell) => `"${cell}"`

/** Integers are block numbers, log indexes and counts. One that a reader of JSON would round is a string. */
const integer: Spell = (cell) =>
  cell.length < 16 || Number.isSafeInteger(Number(cell)) ? cell : inQuotes(cell)

const SPELLINGS: Readonly<Record<CellKind, Spell>> = {
  integer,
  amount: inQuotes,
  fixed: inQuotes,
  time: inQuotes,
  date: inQuotes,
  address: inQuotes,
  hash: inQuotes,
  flag: (cell) => cell,
  word: inQuotes,
  text: (cell) => JSON.stringify(cell),
}

/** NDJSON: an object on each line, its members in the order of the columns; a value that is not there is null. */
export function encodeNdjson(columns: readonly DatasetColumn[]): ResumableEncoder {
  const members = columns.map(({ name, kind }, index) => ({
    before: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    spell: SPELLINGS[kind],
  }))
  return {
    start: () => new Uint8Array(0),
    add(rows) {
      let lines = ''
      for (const row of rows) {
        for (let index = 0; index < members.length; index += 1) {
          const { before, spell } = members[index] as (typeof members)[number]
          const cell = row[index] ?? null
          lines += before + (cell === null ? 'null' : spell(cell))
        }
        lines += '}\n'
      }
      return Buffer.from(lines)
    },
    finish: () => new Uint8Array(0),
    note: () => '',
  }
}
