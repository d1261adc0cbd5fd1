import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { LEDGER_DATASETS } from '../../src/core/datasets/datasets'
import type { ContractAddresses } from '../../src/core/datasets/ledger-cells'

/** What one process did. */
export interface Ran {
  readonly seconds: number
  readonly bytes: number
  /** Most memory that it ever had, in MiB: VmHWM of /proc. */
  readonly peak: number
}

// A process of its own, so that its memory is its own: prints what it did as JSON on its last line.
async function main([what = '', build = '', out = '']: readonly string[]): Promise<void> {
  const startedAt = performance.now()
  const bytes = what === 'floor' ? await floor(build) : await exportAs(what, build, out)
  const seconds = (performance.now() - startedAt) / 1_000
  const ran: Ran = { seconds, bytes, peak: peakMemory() }
  process.stdout.write(`\n${JSON.stringify(ran)}\n`)
}

async function exportAs(format: string, build: string, out: string): Promise<number> {
  const { runExport } = require(
    path.join(build, 'cli/export-role.js'),
  ) as typeof import('../../src/cli/export-role')
  const args = ['transfers', '--format', format, '--out', out]
  const code = await runExport(process.env, args)
  if (code !== 0) throw new Error(`the export ended with ${code}`)
  const { readManifests } = require(
    path.join(build, 'export/manifests.js'),
  ) as typeof import('../../src/export/manifests')
  return (await readManifests(out)).at(-1)?.manifest.bytes ?? 0
}

/** The very COPY that an export of all transfers reads, its bytes thrown away as they come. */
async function floor(build: string): Promise<number> {
  const { ledgerCopy } = require(
    path.join(build, 'read/export/ledger-copy.js'),
  ) as typeof import('../../src/read/export/ledger-copy')
  const range = { fromBlock: 0, toBlock: 2 ** 31 - 1 }
  // The addresses are no part of the statement: they are put into the rows that come.
  const { statement } = ledgerCopy(LEDGER_DATASETS.transfers, range, {} as ContractAddresses)
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  let bytes = 0
  for await (const chunk of client.query(copyTo(statement))) bytes += (chunk as Buffer).length
  await client.end()
  return bytes
}

function peakMemory(): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(kibibytes) / 1_024
}

void main(process.argv.slice(2))
