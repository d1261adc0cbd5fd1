import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { expect } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { loadConfig } from '../../src/config'
import { startLocalChain } from '../../src/devnet/local-chain'
import { createRandom } from '../../src/devnet/random'
import { apiFigures } from './api-figures'
import { type GroundTruth, openGroundTruth } from './ground-truth'
import { createTestDatabase } from './postgres'
import { type Product, runProduct } from './product'
import { reachesHead } from './reaches-head'
import { sample } from './sample'
import { type Stirring, stir } from './stirring'
import { storedFigures } from './stored-figures'

/** Every table that a reorg or a crash could leave wrong. */
const TABLES = [
  'account',
  'transfer',
  'burn',
  'stake',
  'reward',
  'treasury_flow',
  'price',
  'upgrade',
  'bucket',
  'invariant_break',
  'snapshot',
  'head',
] as const

/** A local chain that stands still, an empty database for it, and the program's processes, run one by one. */
export interface IndexedChain {
  readonly truth: GroundTruth
  readonly stirring: Stirring
  readonly random: () => number
  readonly apiUrl: string
  /** Runs a role against the chain; it is stopped at the end unless it has ended before. */
  run(role: 'indexer' | 'api'): Product
  /**
   * Runs the indexer and starts it again when it ends, as every deployment does: the SDK's source ends the process
   * on some answers of a node that is just being reorganised.
   */
  keepIndexing(): Kept
  /** Newest indexed block, −1 before the first. */
  indexedHeight(): Promise<number>
  /** Waits until the newest indexed block is the chain's newest, by hash. */
  reachesHead(): Promise<number>
  /** Compares API, what is stored, and chain at some blocks, with some accounts at each. */
  equalsChain(blocks: readonly number[], accountsPerBlock: number): Promise<void>
  /** Indexes the chain as it is now into a second database, undisturbed, and compares every row. */
  equalsUndisturbedRun(): Promise<void>
  close(): Promise<void>
}

/** A role that is started again whenever it ends. */
export interface Kept {
  /** Everything that any of its processes printed. */
  output(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

export async function indexedChain(days: number, seed: number): Promise<IndexedChain> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-chain-'))
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
  }
  const { contracts, policy } = loadConfig(variables).economy
  const [[treasury], [burner]] = [[...policy.treasury], [...policy.buyback]]
  if (treasury === undefined || burner === undefined) throw new TypeError('the local economy is incomplete')
  const random = createRandom(seed).next
  const { token, staking, stable, pair } = contracts
  if (pair === undefined) throw new TypeError('the local economy has no market')
  const addresses = {
    token: token.address,
    staking: staking.address,
    stable: stable.address,
    pair: pair.address,
  }
  const stirring = await stir(devnetPort, { ...addresses, treasury, burner }, random)
  const truth = openGroundTruth(chain.rpcUrl, chain.economyFile)
  const apiUrl = `http://127.0.0.1:${port}`
  const running: Product[] = []

  const run: IndexedChain['run'] = (role) => {
    const product = runProduct(role, variables)
    running.push(product)
    return product
  }
  const kept: Kept[] = []

  return {
    truth,
    stirring,
    random,
    apiUrl,
    run,
    keepIndexing() {
      const products: Product[] = []
      let isStopping = false
      const launch = (): void => {
        const product = run('indexer')
        products.push(product)
        product.ended().then(() => {
          if (!isStopping) launch()
        })
      }
      launch()
      const keeper: Kept = {
        output: () => products.map((product) => product.output()).join(''),
        async stop(signal) {
          isStopping = true
          await products.at(-1)?.stop(signal)
        },
      }
      kept.push(keeper)
      return keeper
    },
    async indexedHeight() {
      const { rows } = await database.query<{ block_number: number }>('SELECT block_number FROM head')
      return rows[0]?.block_number ?? -1
    },
    reachesHead: async () => {
      const output = (): string => running.map((product) => product.output()).join('\n')
      return reachesHead(database, await stirring.head(), output)
    },
    async equalsChain(blocks, accountsPerBlock) {
      const known = await truth.accounts((await stirring.head()).number)
      for (const [index, block] of blocks.entries()) {
        const accounts = sample(known, accountsPerBlock, seed + index)
        const onChain = await truth.figuresAt(block, accounts)
        expect(await apiFigures(apiUrl, block, accounts), `block ${block}`).toEqual(onChain)
        expect(onChain, `block ${block}, as stored`).toMatchObject(await storedFigures(database, block))
      }
    },
    async equalsUndisturbedRun() {
      const fresh = await createTestDatabase()
      const other = new Client({ connectionString: fresh.url })
      await other.connect()
      const undisturbed = runProduct('indexer', { ...variables, DATABASE_URL: fresh.url })
      try {
        await reachesHead(other, await stirring.head(), undisturbed.output)
        for (const table of TABLES)
          expect(await dump(database, table), table).toEqual(await dump(other, table))
      } finally {
        await undisturbed.stop()
        await other.end()
        await fresh.drop()
      }
    },
    async close() {
      for (const keeper of kept) await keeper.stop()
      for (const product of running) await product.stop()
      await database.end()
      await drop()
      await chain.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function dump(database: Client, table: string): Promise<string[]> {
  // The hash of the parent is known where the header was read: at the head always, in history only where it is needed.
  const { rows } = await database.query<{ row: string }>(
    `SELECT (to_jsonb(t) - 'parent_hash')::text AS row FROM "${table}" t ORDER BY id`,
  )
  return rows.map(({ row }) => row)
}
