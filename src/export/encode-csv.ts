import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import type { ResumableEncoder } from './encoder'
import { guarded } from './formula-guard'

const LINE_END = '\r\n'
const NEEDS_QUOTES = /[",\r\n]/

/**
 * CSV by RFC 4180: a header, CRLF, quotes only where they are needed. A value that is not there is nothing at all, an empty
 * text is `""`. Only texts can hold what needs quotes or a guard; all other kinds are digits, hex and words.
 */
export function encodeCsv(columns: readonly DatasetColumn[]): ResumableEncoder {
  const texts = columns.flatMap(({ kind }, index) => (kind === 'text' ? [index] : []))
  // `join` writes null as nothing, which is just what CSV has for it.
  const lineOf = (row: Cells): string =>
    (texts.length === 0 ? row : withFields(row, texts)).join(',') + LINE_END
  return {
    start: () => Buffer.from(columns.map(({ name }) => name).join(',') + LINE_END),
    add(rows) {
      let lines = ''
      for (const row of rows) lines += lineOf(row)
      return Buffer.from(lines)
    },
    finish: () => new Uint8Array(0),
    note: () => '',
  }
}

function withFields(row: Cells, texts: readonly number[]): Cells {
  const fields = [...row]
  for (const index of texts) fields[index] = fieldOf(fields[index] ?? null)
  return fields
}

function fieldOf(text: string | null): string | null {
  if (text === null) return null
  const safe = guarded(text)
  return safe === '' || NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
