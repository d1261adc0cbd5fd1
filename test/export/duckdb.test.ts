import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DATASET_NAMES, type DatasetName } from '../../src/core/datasets/dataset'
import { columnsOf } from '../../src/core/datasets/datasets'
import { GROUP_ROWS } from '../../src/export/encoder'
import { encoded } from './encoded'
import { EVERY_COLUMN, madeRows } from './sample-rows'

const MOST = 10n ** 38n

let directory: string
let duckdb: DuckDBConnection

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-duckdb-'))
  duckdb = await DuckDBConnection.create()
})
afterAll(() => {
  duckdb.closeSync()
  rmSync(directory, { recursive: true })
})

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await duckdb.runAndReadAll(sql)).getRowObjectsJS()
}

function store(path: string, content: Buffer): string {
  const file = join(directory, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

test.each(DATASET_NAMES)(
  'DuckDB reads %s with the types that it should have',
  async (dataset: DatasetName) => {
    const columns = columnsOf(dataset)
    const rows = [...madeRows(columns, 40)]
    const file = store(`${dataset}.parquet`, encoded('parquet', columns, rows))
    const types = await ask(`describe select * from read_parquet('${file}')`)
    expect(types.map(({ column_name, column_type }) => [column_name, column_type])).toEqual(
      columns.flatMap(({ name, kind }) => {
        if (kind === 'integer') return [[name, 'BIGINT']]
        if (kind === 'time') return [[name, 'TIMESTAMP WITH TIME ZONE']]
        if (kind === 'date') return [[name, 'DATE']]
        if (kind === 'flag') return [[name, 'BOOLEAN']]
        if (kind === 'amount')
          return [
            [name, 'VARCHAR'],
            [`${name}_decimal`, 'DECIMAL(38,0)'],
          ]
        if (kind === 'fixed')
          return [
            [name, 'VARCHAR'],
            [`${name}_decimal`, 'DECIMAL(38,18)'],
          ]
        return [[name, 'VARCHAR']]
      }),
    )
    const texts = columns.flatMap(({ name, kind }) => (kind === 'time' ? [] : [`"${name}"::varchar`]))
    const read = await duckdb.runAndReadAll(`select ${texts.join()} from read_parquet('${file}')`)
    expect(read.getRowsJS()).toEqual(rows.map((row) => row.filter((_, at) => columns[at]?.kind !== 'time')))
  },
)

test('instants are UTC', async () => {
  const rows = [...madeRows(EVERY_COLUMN, 3)]
  const file = store('times.parquet', encoded('parquet', EVERY_COLUMN, rows))
  const at = EVERY_COLUMN.findIndex(({ name }) => name === 'time')
  const read = await ask(`select epoch(time)::bigint as seconds from read_parquet('${file}')`)
  expect(read.map(({ seconds }) => new Date(Number(seconds) * 1_000).toISOString())).toEqual(
    rows.map((row) => row[at]?.replace('Z', '.000Z')),
  )
})

test('a partitioned tree is one table, whose decimals add up to the amounts that fit', async () => {
  const columns = columnsOf('transfers')
  const rows = [...madeRows(columns, GROUP_ROWS + 1_000)]
  const months = ['2026-01', '2026-02', '2026-03']
  months.forEach((month, index) => {
    const part = rows.slice(Math.ceil((rows.length * index) / 3), Math.ceil((rows.length * (index + 1)) / 3))
    store(`tree/transfers/month=${month}/transfers-${index}.parquet`, encoded('parquet', columns, part))
  })
  const tree = `read_parquet('${directory}/tree/transfers/*/*.parquet', hive_partitioning=true)`
  const at = columns.findIndex(({ name }) => name === 'value')
  const amounts = rows.map((row) => BigInt(row[at] ?? ''))
  const fitting = amounts.filter((amount) => amount < MOST)
  const [sums] = await ask(
    `select count(*) as rows, count(value_decimal) as decimals, count(distinct month) as months,
      sum(value_decimal % 1000000007)::varchar as total, max(value_decimal)::varchar as most,
      count(*) filter (where value_decimal::varchar <> value) as wrong from ${tree}`,
  )
  expect(sums).toEqual({
    rows: BigInt(rows.length),
    decimals: BigInt(fitting.length),
    months: 3n,
    total: String(fitting.reduce((sum, amount) => sum + (amount % 1_000_000_007n), 0n)),
    most: String(fitting.reduce((most, amount) => (amount > most ? amount : most), 0n)),
    wrong: 0n,
  })
})

test('statistics let a reader leave groups out, and leave out none that it needs', async () => {
  const columns = columnsOf('transfers')
  const rows = [...madeRows(columns, 2 * GROUP_ROWS)]
  const file = store('statistics.parquet', encoded('parquet', columns, rows))
  const block = columns.findIndex(({ name }) => name === 'block_number')
  const wanted = rows.at(-1)?.[block]
  const bounds = await ask(
    `select row_group_id, stats_min_value, stats_max_value from parquet_metadata('${file}') where path_in_schema = 'block_number'`,
  )
  expect(bounds.map(({ stats_min_value, stats_max_value }) => [stats_min_value, stats_max_value])).toEqual(
    [0, GROUP_ROWS].map((start) => [rows[start]?.[block], rows[start + GROUP_ROWS - 1]?.[block]]),
  )
  for (const name of ['block_number', 'value_decimal', 'value', 'from_address', 'transaction_hash']) {
    const at = columns.findIndex((each) => each.name === name.replace('_decimal', ''))
    const literal = name === 'value' || name.endsWith('s') || name.endsWith('h')
    const [found] = await ask(
      `select count(*) as rows from read_parquet('${file}') where ${name} = ${literal ? `'${rows[1]?.[at]}'` : `${rows[1]?.[at]}`}`,
    )
    expect(found?.rows).toBe(BigInt(rows.filter((row) => row[at] === rows[1]?.[at]).length))
  }
  expect(wanted).toBeDefined()
})
