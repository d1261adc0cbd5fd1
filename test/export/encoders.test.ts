import * as fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import type { Cells, DatasetColumn } from '../../src/core/datasets/dataset'
import { GROUP_ROWS } from '../../src/export/encoder'
import { createEncoder } from '../../src/export/encoders'
import { DATA_FORMATS } from '../../src/export/manifest'
import { encoded } from './encoded'
import { EVERY_COLUMN, madeRows, rowsOf } from './sample-rows'

const column = (kind: DatasetColumn['kind'], isNullable = true): DatasetColumn => ({
  name: kind,
  kind,
  isNullable,
  description: '',
})

const MANY_COLUMNS = EVERY_COLUMN.slice(0, 14)
const MANY_ROWS = [...madeRows(MANY_COLUMNS, 2 * GROUP_ROWS + 10)]

test.each(DATA_FORMATS)('%s: how rows are bundled does not matter', (format) => {
  fc.assert(
    fc.property(rowsOf(EVERY_COLUMN), fc.array(fc.nat(30)), (rows, cuts) => {
      const ends = [...cuts.map((cut) => cut % (rows.length + 1)), rows.length].sort(
        (one, other) => one - other,
      )
      const bundles = ends.map((end, index) => rows.slice(ends[index - 1] ?? 0, end))
      expect(encoded(format, EVERY_COLUMN, ...bundles)).toEqual(encoded(format, EVERY_COLUMN, rows))
    }),
    { numRuns: 30 },
  )
})

test.each(DATA_FORMATS)(
  '%s: full groups are bundled alike, and another encoder goes on after each',
  (format) => {
    const columns = MANY_COLUMNS
    const rows = MANY_ROWS
    const whole = encoded(format, columns, rows)
    const thirds = [rows.slice(0, 20_000), rows.slice(20_000, 40_001), rows.slice(40_001)]
    expect(encoded(format, columns, ...thirds).equals(whole)).toBe(true)

    const pieces: Uint8Array[] = []
    const notes: string[] = []
    for (let start = 0; start < rows.length; start += GROUP_ROWS) {
      const encoder = createEncoder(format, columns, notes)
      if (start === 0) pieces.push(encoder.start())
      const group = rows.slice(start, start + GROUP_ROWS)
      pieces.push(encoder.add(group))
      if (group.length === GROUP_ROWS) notes.push(encoder.note())
      else pieces.push(encoder.finish())
    }
    expect(Buffer.concat(pieces).equals(whole)).toBe(true)
  },
)

describe('CSV', () => {
  test('reads back to the same cells, guarded where a spreadsheet would compute', () => {
    fc.assert(
      fc.property(rowsOf(EVERY_COLUMN), (rows) => {
        const [header, ...records] = parseCsv(encoded('csv', EVERY_COLUMN, rows).toString())
        expect(header).toEqual(EVERY_COLUMN.map(({ name }) => name))
        const guarded = rows.map((row) =>
          row.map((cell, index) =>
            EVERY_COLUMN[index]?.kind === 'text' && cell !== null && '=+-@\t\0'.includes(cell[0] ?? '?')
              ? `'${cell}`
              : cell,
          ),
        )
        expect(records).toEqual(guarded)
      }),
    )
  })

  test('lines end in CRLF, nothing is quoted without need, and an empty text is not a missing one', () => {
    const columns = [column('text'), column('amount'), column('word')]
    const rows = [
      ['plain', '0', 'IN'],
      ['', null, null],
      [null, '12', 'OUT'],
      ['=SUM(A1)', '1', null],
      ['a,b "c"', '1', null],
    ]
    expect(encoded('csv', columns, rows).toString()).toBe(
      'text,amount,word\r\nplain,0,IN\r\n"",,\r\n,12,OUT\r\n\'=SUM(A1),1,\r\n"a,b ""c""",1,\r\n',
    )
  })

  test.each(['=', '+', '-', '@', '\t', '\0'])('a text that begins with %j is guarded', (first) => {
    expect(encoded('csv', [column('text')], [[`${first}1`]]).toString()).toBe(`text\r\n'${first}1\r\n`)
  })
})

describe('NDJSON', () => {
  test('each line is an object with the columns in their order, and holds the same cells', () => {
    fc.assert(
      fc.property(rowsOf(EVERY_COLUMN), (rows) => {
        const lines = encoded('ndjson', EVERY_COLUMN, rows).toString().split('\n')
        expect(lines.pop()).toBe('')
        const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
        for (const object of objects)
          expect(Object.keys(object)).toEqual(EVERY_COLUMN.map(({ name }) => name))
        const cells = objects.map((object) =>
          Object.values(object).map((value) => (value === null ? null : String(value))),
        )
        expect(cells).toEqual(rows)
      }),
    )
  })

  test('amounts are strings; integers are numbers unless a reader would round them', () => {
    const columns = [column('amount'), column('fixed'), column('integer'), column('flag')]
    const rows = [
      ['1', '0.5', '9007199254740991', 'true'],
      ['0', null, '9007199254740993', 'false'],
    ]
    expect(encoded('ndjson', columns, rows).toString()).toBe(
      '{"amount":"1","fixed":"0.5","integer":9007199254740991,"flag":true}\n' +
        '{"amount":"0","fixed":null,"integer":"9007199254740993","flag":false}\n',
    )
  })
})

describe('Parquet', () => {
  test('reads back to the same cells, decimals beside amounts where they fit', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(EVERY_COLUMN), async (rows) => {
        const objects = await readParquet(encoded('parquet', EVERY_COLUMN, rows))
        expect(
          objects.map((object) => EVERY_COLUMN.map((each) => spelled(object[each.name], each.kind))),
        ).toEqual(rows)
      }),
      { numRuns: 50 },
    )
  })

  test('a file of several groups, with dictionaries and without, reads back', async () => {
    const rows = [...madeRows(EVERY_COLUMN, GROUP_ROWS + 100)]
    const objects = await readParquet(encoded('parquet', EVERY_COLUMN, rows))
    const cells = objects.map((object) => EVERY_COLUMN.map((each) => spelled(object[each.name], each.kind)))
    expect(cells.length).toBe(rows.length)
    for (const [index, row] of rows.entries()) {
      if (!row.every((cell, at) => cell === cells[index]?.[at])) expect(cells[index]).toEqual(row)
    }
  })

  test('rows cannot be left while some of them are held back', () => {
    const encoder = createEncoder('parquet', [column('word')])
    encoder.add([['IN']])
    expect(() => encoder.note()).toThrow('1 rows are held back')
  })
})

async function readParquet(file: Buffer): Promise<Record<string, unknown>[]> {
  const bytes = new Uint8Array(file)
  return parquetReadObjects({ file: bytes.buffer as ArrayBuffer })
}

/** What hyparquet makes of a value, as the cell that it was. */
function spelled(value: unknown, kind: DatasetColumn['kind']): string | null {
  if (value === null || value === undefined) return null
  if (!(value instanceof Date)) return String(value)
  const instant = value.toISOString()
  return kind === 'date' ? instant.slice(0, 10) : `${instant.slice(0, 19)}Z`
}

/** RFC 4180 and nothing else, written for this test: null is a field of nothing at all. */
function parseCsv(text: string): Cells[] {
  const records: (string | null)[][] = []
  let record: (string | null)[] = []
  let at = 0
  while (at < text.length) {
    let field: string | null
    if (text[at] === '"') {
      const end = /^"((?:[^"]|"")*)"/.exec(text.slice(at))
      if (end === null) throw new Error(`quotes that are not closed at ${at}`)
      field = (end[1] ?? '').replaceAll('""', '"')
      at += end[0].length
    } else {
      const end = /^[^",\r\n]*/.exec(text.slice(at))?.[0] ?? ''
      field = end === '' ? null : end
      at += end.length
    }
    record.push(field)
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      records.push(record)
      record = []
      at += 2
    } else throw new Error(`neither a comma nor a line end at ${at}`)
    if (text[at - 1] === ',' && text.startsWith('\r\n', at)) {
      record.push(null)
      records.push(record)
      record = []
      at += 2
    }
  }
  return records
}
