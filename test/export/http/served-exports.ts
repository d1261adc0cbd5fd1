import { type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { Client, type Pool } from 'pg'
import type { Cells, DatasetName } from '../../../src/core/datasets/dataset'
import { columnsOf } from '../../../src/core/datasets/datasets'
import { createEncoder } from '../../../src/export/encoders'
import { type ExportServices, exportRoutes } from '../../../src/export/http/export-routes'
import type { DataFormat } from '../../../src/export/manifest'
import { type AskedRange, openExportSource } from '../../../src/read/export/export-source'
import { openPool } from '../../../src/read/transaction'
import { createHttpApp } from '../../../src/rest/http-app'
import { BOUGHT, fillLivedEconomy, LIVED, STAKER } from '../../support/lived-economy'
import { account, timeOf } from '../../support/small-economy'
import { createTables, type TestTables } from '../../support/tables'

/** An answer with all its bytes as they came. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Downloads on a port, over a database of their own, and a connection to look into that from outside. */
export interface ServedExports {
  readonly tables: TestTables
  readonly outside: Client
  readonly port: number
  /** What was reported. */
  readonly reported: unknown[]
  /** Resolves with the next failure that is reported. */
  nextReport(): Promise<unknown>
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>
  /** What the encoder makes of the rows of a range, read at once. */
  encoded(dataset: DatasetName, format: DataFormat, asked?: AskedRange, whose?: string): Promise<Buffer>
  /** What PostgreSQL does for each download. */
  downloads(): Promise<readonly { pid: number; state: string; waits: string | null }[]>
  /** Resolves when that is as it should be. */
  until(isSo: (downloads: readonly { state: string; waits: string | null }[]) => boolean): Promise<void>
  close(): Promise<void>
}

/** @param transfers how many there are in one block, besides the few of the economy */
export async function serveExports(
  transfers: number,
  settings: Pick<ExportServices, 'most' | 'stallLimit' | 'closingLimit'> = {},
): Promise<ServedExports> {
  const tables = await createTables()
  await fillLivedEconomy(tables, LIVED)
  await tables.run(`update snapshot set digest = '0x' || lpad(block_number::text, 64, 'd')`)
  await fillTransfers(tables, transfers)
  const outside = new Client({ connectionString: tables.url })
  outside.on('error', () => undefined)
  await outside.connect()
  const pool = openPool(tables.url, () => undefined)
  const reported: unknown[] = []
  let tell: (error: unknown) => void = () => undefined
  const report = (error: unknown): void => {
    reported.push(error)
    tell(error)
  }
  const app = createHttpApp(report)
  exportRoutes(app, { pool, economy: LIVED, report, ...settings })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo

  const downloads: ServedExports['downloads'] = async () => {
    const { rows } = await outside.query(
      `select pid, state, wait_event as waits from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and query ilike 'copy%'`,
    )
    return rows
  }
  return {
    tables,
    outside,
    port,
    reported,
    nextReport: () => new Promise((resolve) => (tell = resolve)),
    get: (path, headers = {}, method = 'GET') => ask({ port, path, headers, method }),
    encoded: (dataset, format, asked = {}, whose) => encode(pool, dataset, format, asked, whose),
    downloads,
    until: async (isSo) => {
      while (!isSo(await downloads())) await outside.query('select pg_sleep(0.01)')
    },
    close: async () => {
      await app.close()
      await pool.end()
      await outside.end()
      await tables.drop()
    },
  }
}

/** Transfers of no consequence in one block, one log after the other. */
async function fillTransfers(tables: TestTables, count: number): Promise<void> {
  await tables.run(
    `insert into transfer (id, block_number, log_index, timestamp, transaction_hash, "from", "to", value, from_balance, to_balance)
      select lpad('${BOUGHT}', 10, '0') || '-' || lpad(log::text, 6, '0'), ${BOUGHT}, log, to_timestamp(${timeOf(BOUGHT)}),
        '0x' || md5(log::text) || md5((log + 1)::text), '${STAKER}', '${account('f')}', log, 1000000000000000000 - log, log
      from generate_series(10, ${count + 9}) as log`,
  )
}

async function encode(
  pool: Pool,
  dataset: DatasetName,
  format: DataFormat,
  asked: AskedRange,
  whose: string | undefined,
): Promise<Buffer> {
  const source = await openExportSource(pool, LIVED)
  const rows: Cells[] = []
  const options = whose === undefined ? {} : { account: whose as `0x${string}` }
  for await (const each of source.rows(dataset, await source.range(asked), options)) rows.push(...each)
  await source.close()
  const encoder = createEncoder(format, columnsOf(dataset))
  return Buffer.concat([encoder.start(), encoder.add(rows), encoder.finish()])
}

function ask(options: {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly method: string
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', ...options }, (response) => {
      buffer(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      }, reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}
