import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cells, DatasetColumn } from '../../../src/core/datasets/dataset'
import { createEncoder } from '../../../src/export/encoders'
import { DATA_FORMATS, type DataFormat } from '../../../src/export/manifest'
import { parquetColumns } from '../../../src/export/parquet-columns'
import { readCells } from '../../../src/export/read-file'
import { FileDeviates } from '../../../src/export/verify/errors'

const COLUMNS: readonly DatasetColumn[] = [
  { name: 'block', kind: 'integer', isNullable: false, description: '' },
  { name: 'value', kind: 'amount', isNullable: true, description: '' },
  { name: 'price', kind: 'fixed', isNullable: true, description: '' },
  { name: 'at', kind: 'time', isNullable: false, description: '' },
  { name: 'day', kind: 'date', isNullable: true, description: '' },
  { name: 'isOn', kind: 'flag', isNullable: false, description: '' },
  { name: 'label', kind: 'text', isNullable: true, description: '' },
]
const ROW: Cells = ['7', '12', '0.5', '2026-02-28T23:59:59Z', '2026-02-28', 'true', 'one, "two"']

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ashao-cells-'))
})
afterAll(() => rm(directory, { recursive: true }))

let files = 0
async function read(format: DataFormat, content: Uint8Array | string, columns = COLUMNS): Promise<Cells[]> {
  files += 1
  const file = join(directory, `${files}.${format}`)
  await writeFile(file, content)
  const rows: Cells[] = []
  for await (const bundle of readCells(file, format, columns, `it.${format}`)) rows.push(...bundle)
  return rows
}

async function refusal(format: DataFormat, content: Uint8Array | string, columns = COLUMNS): Promise<string> {
  try {
    await read(format, content, columns)
  } catch (error) {
    if (error instanceof FileDeviates) return error.message
    throw error
  }
  return 'nothing is wrong'
}

function written(format: DataFormat, rows: readonly Cells[]): Buffer {
  const encoder = createEncoder(format, COLUMNS)
  return Buffer.concat([encoder.start(), encoder.add(rows), encoder.finish()])
}

describe('what was written is what is read', () => {
  const digits = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(String)
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
  const time = seconds.map((second) => `${new Date(second * 1_000).toISOString().slice(0, 19)}Z`)
  // A text that begins with the guard itself cannot be told from a guarded one.
  const text = fc
    .oneof(fc.string(), fc.constantFrom('', '=1+1', '-', '\t', 'a\r\nb', '"', ',', 'é'))
    .filter((value) => !/^'[=+\-@\t\0]/.test(value))
  const row = fc.tuple(
    fc.nat().map(String),
    fc.option(digits),
    fc.option(fc.constantFrom('0', '0.5', '1.000000000000000001', '12345678901234567890.1')),
    time,
    fc.option(time.map((value) => value.slice(0, 10))),
    fc.boolean().map(String),
    fc.option(text),
  )
  for (const format of DATA_FORMATS) {
    test(format, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
          expect(await read(format, written(format, rows))).toEqual(rows)
        }),
        { numRuns: 100 },
      )
    })
  }
})

describe('CSV that is written otherwise is refused, with its place', () => {
  const whole = written('csv', [ROW, ROW]).toString()
  const [header = '', first = ''] = whole.split('\r\n')
  const one = (line: string): string => `${header}\r\n${line}\r\n`

  test.each<[string, string, RegExp]>([
    ['LF', whole.replaceAll('\r\n', '\n'), /line 1: the line does not end in CRLF/],
    [
      'another header',
      whole.replace('value', 'amount'),
      /line 1, column value: column 2 of the header should be value, and is "amount"/,
    ],
    [
      'a column too few',
      whole.replace(',label', ''),
      /column label: column 7 of the header should be label, and is nothing/,
    ],
    [
      'a column too many',
      whole.replace('label\r', 'label,more\r'),
      /line 1: the header has a column too many, "more"/,
    ],
    ['no header', '', /line 1: there is no header/],
    ['a value too few', one(first.replace('7,', '')), /row 1, line 2: 6 values for 7 columns/],
    [
      'quotes without need',
      one(first.replace('12', '"12"')),
      /row 1, line 2: value 2 is in quotes without need/,
    ],
    ['text behind quotes', one(`${first}x`), /row 1, line 2: value 7 goes on after its closing quote/],
    [
      'a quote without quotes',
      one(first.replace(/"one.*$/, 'o"n"e')),
      /row 1, line 2: value 7 has a quote in it/,
    ],
    ['quotes that stay open', one(first.replace(/"one.*$/, '"one')), /row 1, line 2: quotes are not closed/],
    [
      'a leading zero',
      one(first.replace('12', '012')),
      /row 1, line 2, column value: "012" is not an amount/,
    ],
    ['an exponent', one(first.replace('12', '1e3')), /column value: "1e3" is not an amount/],
    ['a trailing zero', one(first.replace('0.5', '0.50')), /column price: "0.50" is not a plain decimal/],
    [
      'a day that is not there',
      one(first.replace('2026-02-28T', '2026-02-30T')),
      /column at: "2026-02-30T23:59:59Z" is not a time/,
    ],
    ['a missing value', one(first.replace('7,', ',')), /column block: has no value, and must have one/],
    [
      'a missing guard',
      one(first.replace(/"one.*$/, '=1+1')),
      /column label: "=1\+1" would be computed by a spreadsheet/,
    ],
    ['an end within a row', whole.slice(0, -5), /the file ends within this line/],
    ['a mark at the beginning', `\ufeff${whole}`, /line 1, column block/],
    ['an empty line', `${whole}\r\n`, /row 3, line 4: 1 values for 7 columns/],
  ])('%s', async (_, content, message) => {
    expect(await refusal('csv', content)).toMatch(message)
  })

  test('bytes that are no text', async () => {
    expect(await refusal('csv', Buffer.concat([Buffer.from(whole), Buffer.from([0xff, 0x0a])]))).toMatch(
      /is not UTF-8/,
    )
  })
})

describe('NDJSON that is written otherwise is refused, with its place', () => {
  const whole = written('ndjson', [ROW]).toString()
  test.each<[string, string, RegExp]>([
    ['spaces', whole.replace(':', ': '), /row 1, line 1: the object is not written the way/],
    ['an amount as a number', whole.replace('"12"', '12'), /column value: 12 is not a text/],
    ['a number as a text', whole.replace('"block":7', '"block":"7"'), /column block: "7" is not a number/],
    ['a member twice', whole.replace('{', '{"block":7,'), /is not written the way/],
    [
      'another order',
      whole.replace(/"block":7,("value":"12"),/, '$1,"block":7,'),
      /column block: member 1 should be block, and is "value"/,
    ],
    [
      'a member too few',
      whole.replace(/,"label".*}/, '}'),
      /column label: member 7 should be label, and is missing/,
    ],
    ['a member too many', whole.replace('}', ',"more":1}'), /row 1, line 1: "more" is not a column/],
    ['no JSON', 'x\n', /row 1, line 1: the line is not JSON/],
    ['no object', '[]\n', /row 1, line 1: the line is not an object/],
    ['an end within a row', whole.slice(0, -1), /the file ends within this line/],
  ])('%s', async (_, content, message) => {
    expect(await refusal('ndjson', content)).toMatch(message)
  })
})

describe('Parquet that is written otherwise is refused, with its place', () => {
  const columns = COLUMNS.slice(0, 2)
  const schema = [{ name: 'root', num_children: 3 }, ...parquetColumns(columns).map(({ element }) => element)]
  const content = (values: { block: bigint[]; value: string[]; decimal: bigint[] }): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        schema,
        columnData: [
          { name: 'block', data: values.block },
          { name: 'value', data: values.value },
          { name: 'value_decimal', data: values.decimal },
        ],
      }),
    )

  test('a decimal that is not its string', async () => {
    const file = content({ block: [1n, 2n], value: ['5', '6'], decimal: [5n, 7n] })
    expect(await refusal('parquet', file, columns)).toMatch(
      /^it.parquet, row 2, column value_decimal: is "7", and value is "6"/,
    )
  })
  test('a cell that is spelled otherwise', async () => {
    const file = content({ block: [1n], value: ['05'], decimal: [5n] })
    expect(await refusal('parquet', file, columns)).toMatch(/row 1, column value: "05" is not an amount/)
  })
  test('another schema', async () => {
    expect(await refusal('parquet', content({ block: [1n], value: ['5'], decimal: [5n] }))).toMatch(
      /column price: column 4 should be price .*, and is missing/,
    )
  })
  test('a file that was cut', async () => {
    const file = content({ block: [1n], value: ['5'], decimal: [5n] })
    expect(await refusal('parquet', file.subarray(0, file.length - 9), columns)).toMatch(
      /it is damaged, or not Parquet/,
    )
  })
})
