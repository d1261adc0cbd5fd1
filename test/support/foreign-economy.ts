import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import type { Contract } from '../../src/devnet/contracts'
import { apiFigures } from './api-figures'
import { economyText } from './economy-file'
import type { ForeignChain } from './foreign-chain'
import { type GroundTruth, openGroundTruth } from './ground-truth'
import { createTestDatabase } from './postgres'
import { type Product, runProduct } from './product'
import { reachesHead } from './reaches-head'
import { storedFigures } from './stored-figures'

export interface ForeignContracts {
  readonly token: Contract
  readonly staking: Contract
  readonly stable: Contract
}

/** Somebody else's economy, indexed by the program's own processes as an operator runs them. */
export interface ForeignEconomy {
  readonly database: Client
  readonly truth: GroundTruth
  readonly apiUrl: string
  readonly indexer: Product
  /** Runs the API too, and waits until it serves. */
  serves(): Promise<void>
  /** Waits until the chain's newest block is indexed. */
  reachesHead(): Promise<number>
  /** Compares what is served and stored with the contracts' views, at every block and for every account. */
  equalsChainAtEveryBlock(): Promise<void>
  close(): Promise<void>
}

/** @param changes of the economy file, beside chain and contracts */
export async function indexForeign(
  chain: ForeignChain,
  { token, staking, stable }: ForeignContracts,
  changes: Readonly<Record<string, unknown>>,
): Promise<ForeignEconomy> {
  const at = ({ address, startBlock }: Contract) => ({ address, startBlock })
  const text = economyText({
    chain: { id: 31_337, name: 'Foreign', finality: { confirmations: 3 } },
    contracts: {
      token: { ...at(token), decimals: 18, symbol: 'TOKEN' },
      staking: { ...at(staking), rewardToken: 'stable' },
      stable: { ...at(stable), decimals: 6, symbol: 'USDC' },
    },
    'wallets.buyback': [],
    'wallets.internal': [],
    'wallets.bridges': [],
    'wallets.excluded': [],
    'wallets.rewards': [staking.address],
    ...changes,
  })
  const economyFile = join(chain.directory, 'economy.yaml')
  writeFileSync(economyFile, text)
  const { url, drop } = await createTestDatabase()
  const database = new Client({ connectionString: url })
  await database.connect()
  const port = await freePort()
  const variables = {
    DATA_DIR: join(chain.directory, 'data'),
    PORT: String(port),
    RPC_URL: chain.rpcUrl,
    DATABASE_URL: url,
    ECONOMY_FILE: economyFile,
  }
  const apiUrl = `http://127.0.0.1:${port}`
  const truth = openGroundTruth(chain.rpcUrl, economyFile)
  const indexer = runProduct('indexer', variables)
  const running = [indexer]
  return {
    database,
    truth,
    apiUrl,
    indexer,
    async serves() {
      const api = runProduct('api', variables)
      running.push(api)
      await api.printed(/serving on/)
    },
    reachesHead: async () => reachesHead(database, await chain.head(), indexer.output),
    async equalsChainAtEveryBlock() {
      const { number: head } = await chain.head()
      const everyone = await truth.accounts(head)
      for (let block = truth.firstBlock; block <= head; block += 1) {
        const onChain = await truth.figuresAt(block, everyone)
        expect(await apiFigures(apiUrl, block, everyone), `block ${block}`).toEqual(onChain)
        expect(onChain, `block ${block}, as stored`).toMatchObject(await storedFigures(database, block))
      }
    },
    async close() {
      for (const product of running) await product.stop()
      await database.end()
      await drop()
    },
  }
}
