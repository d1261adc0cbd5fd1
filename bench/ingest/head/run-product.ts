import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../harness/free-port'
import { hasEnded, launch, stop } from '../harness/programs'

export interface ProductOptions {
  readonly rpcUrl: string
  readonly databaseUrl: string
  readonly economyFile: string
  readonly pollMs: number
  /** Directory with the compiled program. */
  readonly build: string
  /** A file for what both processes say. */
  readonly log: string
}

/** The indexer and the API, as an operator runs them: two processes that share a database. */
export interface Product {
  readonly port: number
  isAlive(): boolean
  stop(): Promise<void>
}

export async function runProduct(options: ProductOptions): Promise<Product> {
  const { rpcUrl, databaseUrl, economyFile, pollMs, build, log } = options
  const directory = await mkdtemp(path.join(tmpdir(), 'bench-head-'))
  const file = path.join(directory, 'economy.yaml')
  await writeFile(file, economyFile)
  const port = await freePort()
  const environment = {
    RPC_URL: rpcUrl,
    DATABASE_URL: databaseUrl,
    ECONOMY_FILE: file,
    DATA_DIR: directory,
    HEAD_POLL_MS: String(pollMs),
    PORT: String(port),
    // The simulated chain has a clock of its own.
    MAX_LAG_SECONDS: '10000000000',
    RECONCILE_SECONDS: '0',
  }
  const children = ['indexer', 'api'].map((role) => {
    const args = [path.join(build, 'main.js'), role]
    return launch({ command: process.execPath, args, directory, environment }, log)
  })
  return {
    port,
    isAlive: () => !children.some(hasEnded),
    async stop() {
      await Promise.all(children.map(stop))
      await rm(directory, { recursive: true, force: true })
    },
  }
}
