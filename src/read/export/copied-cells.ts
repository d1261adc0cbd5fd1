import type { CellKind, DatasetColumn } from '../../core/datasets/dataset'
import { spellCell } from '../../core/datasets/spell-cell'

/** Reads one field of COPY's text format as a cell. */
export type CellReader = (field: string) => string | null

const NOTHING = '\\N'
const WHOLE = /^(?:0|-?[1-9]\d*)$/
const HEX_LENGTHS = { address: 42, hash: 66 } as const
/** As PostgreSQL writes it in UTC; what is less than a second is dropped. */
const TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?\+00$/

/** How a column's fields become cells. They fail loudly on what does not fit: a column that changed must never become a wrong cell. */
export function cellReader({ kind, name, isNullable }: Omit<DatasetColumn, 'description'>): CellReader {
  const read = readerOf(kind, name)
  if (isNullable) return (field) => (field === NOTHING ? null : read(field))
  return (field) => {
    if (field === NOTHING) throw new TypeError(`a row has no value for column ${name}`)
    return read(field)
  }
}

function readerOf(kind: CellKind, name: string): (field: string) => string {
  switch (kind) {
    case 'integer':
    case 'amount':
      return (field) => {
        if (!WHOLE.test(field)) throw unfit(name, field)
        return field
      }
    case 'address':
    case 'hash':
      return (field) => {
        if (field.length !== HEX_LENGTHS[kind] || !field.startsWith('0x')) throw unfit(name, field)
        return field
      }
    case 'time':
      // Most rows are of the block of the row before.
      return remembering((field) => {
        const [, date, time] = TIME.exec(field) ?? []
        if (date === undefined) throw unfit(name, field)
        return `${date}T${time}Z`
      })
    case 'fixed':
      return remembering((field) => {
        if (!WHOLE.test(field)) throw unfit(name, field)
        return spellCell(BigInt(field), 'fixed') as string
      })
    case 'word':
      return (field) => {
        if (field === '' || field.includes('\\')) throw unfit(name, field)
        return field
      }
    case 'text':
      return (field) => (field.includes('\\') ? unescaped(field) : field)
    default:
      throw new TypeError(`no column of a table is a ${kind}`)
  }
}

function remembering(spell: (field: string) => string): (field: string) => string {
  let last = ''
  let spelled = ''
  return (field) => {
    if (field !== last) {
      spelled = spell(field)
      last = field
    }
    return spelled
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function unescaped(field: string): string {
  return field.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character)
}

function unfit(name: string, field: string): TypeError {
  return new TypeError(`column ${name} holds ${field}`)
}
