import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LedgerDatasetName } from '../../../src/core/datasets/dataset'
import { LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import { contractAddresses } from '../../../src/core/datasets/ledger-cells'
import { openExportClient } from '../../../src/read/export/export-client'
import { type ExportSource, openExportSource } from '../../../src/read/export/export-source'
import { ledgerCopy } from '../../../src/read/export/ledger-copy'
import { statementCopy } from '../../../src/read/export/statement-copy'
import { blocksOf, HOLDERS } from '../../support/history'
import { ECONOMY } from '../../support/small-economy'
import { allRows, createExportedHistory, type ExportedHistory } from './exported-history'

/** Enough to fill every buffer between the table and whoever reads it, many times. */
const ROWS = 60_000
const WHOLE = { fromBlock: 0, toBlock: 2 ** 31 - 1 }
const [ANN, BEN] = HOLDERS as [(typeof HOLDERS)[0], (typeof HOLDERS)[0]]

let exported: ExportedHistory
let watcher: Client

beforeAll(async () => {
  exported = await createExportedHistory()
  watcher = new Client({ connectionString: exported.url })
  await watcher.connect()
  const genesis = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: ANN, value: 1_000n } as const
  await exported.hold(blocksOf([[genesis]]))
  // The rest as nobody writes it, but quickly: two transfers in each block.
  const time = `own.timestamp + b * interval '12 seconds'`
  await repeat('snapshot', `generate_series(2, ${ROWS / 2}) AS b`, {
    id: `lpad(b::text, 10, '0')`,
    block_number: 'b',
    hash: `'0x' || lpad(to_hex(b), 64, '0')`,
    timestamp: time,
  })
  await repeat('transfer', `generate_series(2, ${ROWS / 2}) AS b, generate_series(0, 1) AS l`, {
    id: `lpad(b::text, 10, '0') || '-' || lpad(l::text, 6, '0')`,
    block_number: 'b',
    log_index: 'l',
    timestamp: time,
    from: `'${ANN}'`,
    to: `'${BEN}'`,
    from_balance: 'b',
    to_balance: 'l',
  })
  await exported.run(`UPDATE head SET block_number = ${ROWS / 2}`)
  await exported.run(`UPDATE squid_processor.status SET height = ${ROWS / 2}`)
})
afterAll(async () => {
  await watcher.end()
  await exported.close()
})

/** Adds rows that are as the one that there is, but for some columns. */
async function repeat(
  table: string,
  times: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await watcher.query<{ name: string }>(
    'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1',
    [table],
  )
  const names = rows.map(({ name }) => name)
  const values = names.map((name) => columns[name] ?? `own."${name}"`)
  await exported.run(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join()}) SELECT ${values.join()} FROM ${table} AS own, ${times}`,
  )
}

/** Connections that an export has at work, or keeps. */
async function exporting(): Promise<number> {
  const { rows } = await watcher.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query ILIKE 'copy%' OR state <> 'idle')`,
  )
  return rows[0]?.count ?? -1
}

/** Resolves when no connection of an export is left: the server notices by itself that one was closed. */
async function until(count: number): Promise<void> {
  while ((await exporting()) !== count) await watcher.query('SELECT pg_sleep(0.01)')
}

const blockColumn = LEDGER_DATASETS.transfers.columns.findIndex(({ name }) => name === 'block_number')
const logColumn = LEDGER_DATASETS.transfers.columns.findIndex(({ name }) => name === 'log_index')

test('nothing is lost or repeated where whoever takes the rows is slow', async () => {
  await exported.export(async (source) => {
    const range = await source.range({})
    const places: number[] = []
    let bundles = 0
    for await (const rows of source.rows('transfers', range)) {
      bundles += 1
      // Long enough for everything on the way to be full.
      await watcher.query('SELECT pg_sleep(0.02)')
      for (const row of rows) places.push(Number(row[blockColumn]) * 2 + Number(row[logColumn]))
    }
    // The mint in block 1, then two in each block.
    expect(places.every((place, index) => place === (index === 0 ? 2 : index + 3))).toBe(true)
    expect(places.length).toBe(ROWS - 1)
    expect(bundles).toBeGreaterThan(10)
    expect(bundles).toBeLessThan(ROWS / 500)
  })
})

test('the server waits for whoever takes the rows: little is on the way', async () => {
  const client = await openExportClient(exported.pool)
  const { statement } = ledgerCopy(LEDGER_DATASETS.transfers, WHOLE, contractAddresses(ECONOMY.contracts))
  const chunks = client.copy(statement)[Symbol.asyncIterator]()
  await chunks.next()
  const before = process.memoryUsage()
  // The COPY is at work, and held up: it waits for the connection to take more.
  for (;;) {
    const { rows } = await watcher.query<{ wait: string | null }>(
      `SELECT wait_event AS wait FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'copy%'`,
    )
    if (rows[0]?.wait === 'ClientWrite') break
  }
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(8 * 2 ** 20)
  await chunks.return?.()
  await until(0)
})

test('whoever stops early leaves no COPY behind, and has closed the source', async () => {
  const source = await openExportSource(exported.pool, exported.economy)
  const range = await source.range({})
  for await (const rows of source.rows('transfers', range)) {
    expect(rows.length).toBeGreaterThan(100)
    break
  }
  await until(0)
  await expect(allRows(source.rows('transfers', range))).rejects.toThrow('after it was closed')
  await source.close()
  // What else the pool is asked is not concerned.
  await exported.export(async (other) => expect(await other.range({})).toEqual(range))
})

test('a source that is closed while rows are read ends with an error, not with fewer rows', async () => {
  const source = await openExportSource(exported.pool, exported.economy)
  const rows = source.rows('transfers', await source.range({}))[Symbol.asyncIterator]()
  await rows.next()
  const failed = expect(
    (async () => {
      while (!(await rows.next()).done);
    })(),
  ).rejects.toMatchObject({ code: 'E5005' })
  await source.close()
  await failed
  await until(0)
})

test('a server that ends the connection ends the rows with an error', async () => {
  const source = await openExportSource(exported.pool, exported.economy)
  const rows = source.rows('transfers', await source.range({}))[Symbol.asyncIterator]()
  await rows.next()
  await watcher.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'copy%'`,
  )
  const read = async () => {
    while (!(await rows.next()).done);
  }
  await expect(read()).rejects.toMatchObject({ code: 'E5005' })
  await source.close()
})

test('several datasets are read one after the other, from one state of the database', async () => {
  await exported.export(async (source: ExportSource) => {
    const range = await source.range({})
    const first = await allRows(source.rows('snapshots', range))
    await exported.run('UPDATE snapshot SET holders = 77 WHERE block_number = 1')
    const again = await allRows(source.rows('snapshots', range))
    expect(again.map(String).join('\n') === first.map(String).join('\n')).toBe(true)
    const rows = source.rows('transfers', range)[Symbol.asyncIterator]()
    await rows.next()
    await expect(allRows(source.rows('burns', range))).rejects.toThrow('one thing at a time')
  })
})

describe.each(['without', 'with'])('%s statistics', (statistics) => {
  beforeAll(async () => {
    await exported.run('ANALYZE')
    if (statistics === 'with') return
    await exported.run(
      `DELETE FROM pg_statistic WHERE starelid IN ('transfer'::regclass, 'snapshot'::regclass)`,
    )
  })

  /** How a COPY goes about it. */
  async function planOf(copy: string): Promise<string> {
    const client = await openExportClient(exported.pool)
    try {
      const rows = await client.query(`explain ${copy.replace(/^copy \(/, '').replace(/\) to stdout$/, '')}`)
      return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
    } finally {
      await client.close()
    }
  }
  const contracts = contractAddresses(ECONOMY.contracts)

  test.each(Object.keys(LEDGER_DATASETS) as LedgerDatasetName[])(
    '%s are walked in their order',
    async (name) => {
      const plan = await planOf(ledgerCopy(LEDGER_DATASETS[name], WHOLE, contracts).statement)
      expect(plan).toContain('Index Scan')
      expect(plan).not.toMatch(/Sort|Hash|Seq Scan|Bitmap|Gather/)
    },
  )

  test('a statement merges its ledgers', async () => {
    const nothing = { balance: 0n, staked: 0n, rewardsPaid: 0n }
    const plan = await planOf(statementCopy(ANN, WHOLE, contracts, nothing).statement)
    expect(plan).toContain('Merge Append')
    expect(plan).not.toMatch(/Sort {2}|Hash|Seq Scan|Bitmap|Gather/)
  })
})
