import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { runExport } from '../../src/cli/export-role'
import { parseEconomyFile } from '../../src/config/economy-file'
import { economyJson } from '../../src/config/economy-json'
import { columnsOf } from '../../src/core/datasets/datasets'
import { MonthOccupied } from '../../src/export/errors'
import { readManifests } from '../../src/export/manifests'
import { createExportedHistory, type ExportedHistory } from '../read/export/exported-history'
import { blocksOf, type Draft, HOLDERS, POLICY } from '../support/history'
import { ECONOMY } from '../support/small-economy'

const [ANN, BEN] = HOLDERS as [(typeof HOLDERS)[0], (typeof HOLDERS)[0]]
/** 1 January 2026, UTC. */
const NEW_YEAR = 1_767_225_600
const DAY = 86_400

let exported: ExportedHistory
let directory: string
let variables: NodeJS.ProcessEnv

beforeAll(async () => {
  exported = await createExportedHistory()
  const mint: Draft = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: ANN, value: 10n ** 24n }
  const moves = Array.from(
    { length: 80 },
    (_, index): Draft => ({ kind: 'transfer', from: ANN, to: BEN, value: BigInt(index) * 10n ** 18n }),
  )
  // One block each day: January, February, and most of March.
  const blocks = blocksOf([[mint], ...moves.map((move) => [move])]).map((block, day) => ({
    ...block,
    block: { ...block.block, timestamp: NEW_YEAR + day * DAY },
  }))
  const file = economyJson({ ...ECONOMY, policy: POLICY })
  const economy = parseEconomyFile(file, 'economy.yaml', [])
  if (economy === undefined) throw new Error('the economy cannot be read')
  await exported.hold(blocks, Number.MAX_SAFE_INTEGER, economy.policy)
  const economyFile = join(mkdtempSync(join(tmpdir(), 'ashao-economy-')), 'economy.yaml')
  writeFileSync(economyFile, file)
  // Nothing asks the node: without proofs, an export is of the database alone.
  variables = { DATABASE_URL: exported.url, RPC_URL: 'http://127.0.0.1:1', ECONOMY_FILE: economyFile }
})
afterAll(() => exported.close())

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-exports-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

async function exporting(words: string): Promise<string> {
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  try {
    expect(await runExport(variables, [...words.split(' '), '--out', directory])).toBe(0)
  } finally {
    write.mockRestore()
  }
  return printed
}

const read = (file: string): Buffer => readFileSync(join(directory, file))

test('every data set in every format, each with a manifest that says what it is', async () => {
  const printed = await exporting('all --format csv,ndjson,parquet')
  const manifests = (await readManifests(directory)).map(({ manifest }) => manifest)
  expect(manifests).toHaveLength(9 * 3)
  for (const { file, sha256, bytes } of manifests) {
    expect(read(file).length).toBe(bytes)
    expect(createHash('sha256').update(read(file)).digest('hex')).toBe(sha256)
    expect(printed).toContain(file)
    expect(printed).toContain(sha256.slice(0, 12))
  }
  const transfers = manifests.filter(({ dataset }) => dataset === 'transfers')
  expect(transfers.map(({ file, rows }) => [file, rows])).toEqual(
    ['csv', 'ndjson', 'parquet'].map((format) => [`transfers-1-81.${format}`, 81]),
  )
  expect(read('transfers-1-81.csv').toString().split('\r\n')[0]).toBe(
    columnsOf('transfers')
      .map(({ name }) => name)
      .join(),
  )
  expect(existsSync(join(directory, transfers[0]?.economy.file ?? ''))).toBe(true)
  expect(printed).toContain('27 of 27 files new')
})

test('what is there is not made again, and what is missing is', async () => {
  await exporting('transfers burns')
  const before = await readManifests(directory)
  rmSync(join(directory, 'burns-1-81.csv'))
  const printed = await exporting('transfers burns')
  expect(printed).toMatch(/transfers-1-81\.csv .* was there already/)
  expect(printed).toContain('1 of 2 files new')
  expect(await readManifests(directory)).toEqual(before)
})

test('months are one table for DuckDB, with the rows of the whole', async () => {
  await exporting('transfers daily --format parquet --from 2026-01-01 --to 2026-03-15 --partition month')
  const manifests = (await readManifests(directory)).map(({ manifest }) => manifest)
  expect(manifests.map(({ dataset, partition }) => `${dataset} ${partition?.month}`)).toEqual(
    ['transfers', 'daily'].flatMap((dataset) =>
      ['2026-01', '2026-02', '2026-03'].map((month) => `${dataset} ${month}`),
    ),
  )
  expect(manifests[1]?.file).toBe('transfers/month=2026-02/transfers-32-59.parquet')
  expect(manifests[1]?.time).toEqual({ from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' })
  const duckdb = await DuckDBConnection.create()
  const tree = `read_parquet('${directory}/transfers/*/*.parquet', hive_partitioning=true)`
  const found = await duckdb.runAndReadAll(
    `select month, count(*)::int as rows, sum(value_decimal)::varchar as total from ${tree} group by 1 order by 1`,
  )
  const sum = (from: number, to: number): string =>
    String(
      Array.from({ length: to - from }, (_, index) => BigInt(from + index) * 10n ** 18n).reduce(
        (a, b) => a + b,
      ),
    )
  expect(found.getRowsJS()).toEqual([
    ['2026-01', 31, String(BigInt(sum(0, 30)) + 10n ** 24n)],
    ['2026-02', 28, sum(30, 58)],
    ['2026-03', 14, sum(58, 72)],
  ])
  duckdb.closeSync()
})

test('a month that is there with other blocks is refused: its rows would count twice', async () => {
  const words = 'transfers --format parquet --partition month --to'
  await exporting(`${words} 2026-03-15`)
  const before = await readManifests(directory)
  await expect(exporting(`${words} 2026-03-20`)).rejects.toThrow(MonthOccupied)
  expect(await readManifests(directory)).toEqual(before)
  expect(await exporting(`${words} 2026-03-01`)).toContain('0 of 2 files new')
})

test('the last line is the hash of the newest manifest, which stands for all of them', async () => {
  const printed = await exporting('burns stakes')
  const newest = createHash('sha256').update(read('_manifests/000002.json')).digest('hex')
  expect(printed.trimEnd().split('\n').at(-1)).toBe(newest)
})

test('one account’s statement, and the same for its accounting program', async () => {
  await exporting(`statement --account ${ANN} --format csv,koinly`)
  const manifests = (await readManifests(directory)).map(({ manifest }) => manifest)
  expect(manifests.map(({ file, account, rows }) => [file, account, rows])).toEqual([
    [`statement-${ANN}-1-81.csv`, ANN, 81],
    [`koinly-${ANN}-1-81.csv`, ANN, expect.any(Number)],
  ])
})

test('a range that is not there leaves no directory behind', async () => {
  const out = join(directory, 'new')
  await expect(
    runExport(variables, ['transfers', '--to-block', '1000000', '--out', out]),
  ).rejects.toMatchObject({ code: 'E5101' })
  expect(existsSync(out)).toBe(false)
})
