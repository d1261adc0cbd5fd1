import { resolve } from 'node:path'
import { nodeOver } from '../chain/node'
import { probeNode } from '../chain/probe'
import { createPool } from '../chain/rpc/pool'
import type { Rpc } from '../chain/rpc/rpc'
import { type Config, loadConfig, loadEnvironment } from '../config'
import { redactor, redactUrl } from '../config/redact'
import { readManifests } from '../export/manifests'
import { writing } from '../export/write-durably'
import { openExportSource } from '../read/export/export-source'
import { openPool } from '../read/transaction'
import { readExportCommand } from './export-command'
import { exportFiles } from './export-files'
import { exportTable } from './export-table'
import { limitHeapGrowth } from './heap'
import { localPlaces } from './local-places'
import { lockDirectory } from './lock-directory'

/** How long the nodes may take until one of them answers, in milliseconds. */
const PATIENCE = 20_000

/**
 * Exports what the words after `export` ask for. Whatever ends it early, the same words go on where it stopped.
 * @returns 0 once everything is published
 * @throws CommandWrong (E6209), DirectoryBusy (E7002) and the other errors of a directory (E7001 to E7005), those of a range
 *   (E5100 to E5104), and what is wrong with the places
 */
export async function runExport(variables: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  const order = readExportCommand(args)
  if (typeof order === 'string') {
    process.stdout.write(order)
    return 0
  }
  limitHeapGrowth()
  const places = { ...variables, ...(await localPlaces(loadEnvironment(variables))) }
  const withProofs = order.wanted.some(({ format }) => format === 'proofs')
  const config = loadConfig(places, withProofs ? ['RPC_URL', 'DATABASE_URL'] : ['DATABASE_URL'])
  const { environment, economy } = config
  const pool = openPool(environment.databaseReadUrl ?? environment.databaseUrl ?? '', () => undefined)
  const source = await openExportSource(pool, economy)
  const rpc = withProofs ? openRpc(config) : undefined
  try {
    await rpc?.ready(PATIENCE)
    const range = await source.range(order.asked)
    const months = order.isPartitioned ? await source.partitions(range, 'month') : undefined
    const directory = resolve(order.out)
    const unlock = await writing(directory, async () => lockDirectory(directory))
    try {
      const published = await exportFiles(directory, order, { range, months }, { source, economy, rpc })
      const newest = (await readManifests(directory)).at(-1)
      process.stdout.write(exportTable(order.out, published, newest))
      return 0
    } finally {
      unlock()
    }
  } finally {
    await rpc?.close()
    await source.close()
    await pool.end()
  }
}

/** The nodes of RPC_URL as one. That they are on the indexed chain shows by itself: proofs add up to the history digest. */
function openRpc({ environment, economy }: Config): Rpc {
  return createPool({
    endpoints: environment.rpcUrls.map((url) => ({ url, shownUrl: redactUrl(url) })),
    redact: redactor(environment.secrets),
    async admit(ask, name) {
      await probeNode(nodeOver(ask, name), economy)
    },
  })
}
