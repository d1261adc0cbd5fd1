import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { type KeptPostgres, startKeptPostgres } from '../api/harness/kept-postgres'
import { economyFile } from '../api/loader/economy-file'
import { type LoadedDatabase, prepareDatabase } from '../api/loader/prepare-database'
import { productParts } from '../api/loader/product'
import { PROJECT_DIRECTORY } from '../ingest/contestants/places'
import type { Ran } from './exporter'
import { type Measured, report } from './report'

const RESULTS = path.join(PROJECT_DIRECTORY, 'bench/export/results')
const WHAT = ['floor', 'csv', 'ndjson', 'parquet'] as const
const run = promisify(execFile)
const say = (text: string): void => void process.stderr.write(`${text}\n`)

interface Options {
  readonly transfers: number
  readonly smaller: number
  readonly rounds: number
  readonly build: string
}

/** Measures every format at both sizes, in turns, so that what changes on the machine meanwhile meets all alike. */
async function bench(postgres: KeptPostgres, options: Options): Promise<Measured[]> {
  const product = productParts(options.build)
  const measured: Measured[] = []
  for (const transfers of [options.smaller, options.transfers]) {
    const database = await prepareDatabase(postgres, transfers, product, say)
    for (let round = 0; round < options.rounds; round += 1) {
      for (const what of WHAT) {
        const ran = await measure(what, database, options)
        measured.push({ what, transfers, ...ran })
        const rate = Math.round(transfers / ran.seconds).toLocaleString('en')
        say(`${what}, ${transfers.toLocaleString('en')}: ${rate} rows/s, peak ${ran.peak.toFixed(0)} MiB`)
      }
    }
  }
  return measured
}

async function measure(what: Measured['what'], { url }: LoadedDatabase, { build }: Options): Promise<Ran> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ashao-bench-export-'))
  try {
    const economy = path.join(directory, 'economy.yaml')
    writeFileSync(economy, economyFile())
    // Nothing asks the node: an export is of the database alone.
    const env = { ...process.env, DATABASE_URL: url, RPC_URL: 'http://127.0.0.1:1', ECONOMY_FILE: economy }
    const args = [path.join(__dirname, 'exporter.js'), what, build, path.join(directory, 'out')]
    const { stdout } = await run(process.execPath, args, { env })
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Ran
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      transfers: { type: 'string', default: '5000000' },
      smaller: { type: 'string', default: '500000' },
      rounds: { type: 'string', default: '3' },
      database: { type: 'string' },
      build: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'lib') },
      data: { type: 'string', default: path.join(PROJECT_DIRECTORY, 'bench/api/.data') },
    },
  })
  const [transfers, smaller, rounds] = [values.transfers, values.smaller, values.rounds].map(Number)
  if (!transfers || !smaller || !rounds) throw new TypeError('sizes and rounds are whole numbers from 1 on')
  const postgres = await startKeptPostgres(values.database, path.resolve(values.data))
  try {
    const measured = await bench(postgres, { transfers, smaller, rounds, build: path.resolve(values.build) })
    const text = report(measured, { transfers, smaller })
    mkdirSync(RESULTS, { recursive: true })
    writeFileSync(path.join(RESULTS, `${transfers}.md`), text)
    console.log(`\n${text}`)
  } finally {
    await postgres.stop()
  }
}

void main()
