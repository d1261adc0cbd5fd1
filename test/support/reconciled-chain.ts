import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { freePort } from '../../bench/ingest/harness/free-port'
import { loadConfig } from '../../src/config'
import type { EconomyFile } from '../../src/config/economy-file'
import { startLocalChain } from '../../src/devnet/local-chain'
import { createRpcClient, type Rpc } from '../../src/devnet/rpc'
import { createTestDatabase } from './postgres'
import { type Product, runProduct } from './product'
import { reachesHead } from './reaches-head'

/** One stored reconciliation. */
export interface Stored {
  readonly id: string
  readonly block_number: number
  readonly block_hash: string
  readonly trigger: string
  readonly equal: number
  readonly different: number
  readonly gaps: number
  readonly checks: readonly Readonly<Record<string, string>>[]
  readonly standing: readonly Readonly<Record<string, unknown>>[]
}

/** A local chain that stands still, a database for it, and the program's processes on them. */
export interface ReconciledChain {
  readonly variables: Readonly<Record<string, string>>
  readonly economy: EconomyFile
  readonly apiUrl: string
  readonly rpc: Rpc
  readonly database: Client
  run(role: 'indexer' | 'api', changed?: Record<string, string>): Product
  /** Runs the role `reconcile` to its end. */
  reconcile(changed?: Record<string, string>): Promise<{ code: number | null; output: string }>
  /** The newest first. */
  stored(): Promise<readonly Stored[]>
  /** Waits until the newest indexed block is the chain's newest, by hash. */
  reachesHead(): Promise<string>
  close(): Promise<void>
}

export async function reconciledChain(days: number): Promise<ReconciledChain> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-reconciled-'))
  chmodSync(dataDir, 0o755)
  const [port, devnetPort] = [await freePort(), await freePort()]
  const chain = await startLocalChain({ dataDir, port: devnetPort, live: false, days })
  const { url, drop } = await createTestDatabase()
  const database = new Client({ connectionString: url })
  await database.connect()
  const variables = {
    DATA_DIR: dataDir,
    PORT: String(port),
    RPC_URL: chain.rpcUrl,
    DATABASE_URL: url,
    ECONOMY_FILE: chain.economyFile,
    MAX_LAG_SECONDS: '1000000',
    RECONCILE_SECONDS: '0',
  }
  const { call: rpc, close: closeRpc } = createRpcClient(devnetPort)
  const running: Product[] = []
  return {
    variables,
    economy: loadConfig(variables).economy,
    apiUrl: `http://127.0.0.1:${port}`,
    rpc,
    database,
    run(role, changed = {}) {
      const product = runProduct(role, { ...variables, ...changed })
      running.push(product)
      return product
    },
    async reconcile(changed = {}) {
      const product = runProduct('reconcile', { ...variables, ...changed })
      const { code } = await product.ended()
      return { code, output: product.output() }
    },
    async stored() {
      // The table is not there before the first migration.
      const { rows } = await database
        .query<Stored>('SELECT * FROM reconciliation ORDER BY id DESC')
        .catch(() => ({ rows: [] as Stored[] }))
      return rows
    },
    async reachesHead() {
      const { number, hash } = await rpc<{ number: string; hash: string }>('eth_getBlockByNumber', [
        'latest',
        false,
      ])
      const output = (): string => running.map((product) => product.output()).join('\n')
      await reachesHead(database, { number: Number(number), hash }, output)
      return hash
    },
    async close() {
      for (const product of running) await product.stop()
      closeRpc()
      await database.end()
      await drop()
      await chain.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
