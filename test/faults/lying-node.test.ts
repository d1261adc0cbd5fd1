import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { type LocalChain, startLocalChain } from '../../src/devnet/local-chain'
import { createRpcClient } from '../../src/devnet/rpc'
import { type Lie, type NodeLog, startLyingNode } from '../support/lying-node'
import { createTestDatabase } from '../support/postgres'
import { type Product, runProduct } from '../support/product'

/** The node has a block but not its logs, hands out what was taken away, or says things twice (economy.md). */
describe('pitfall 10: a node that is wrong about its logs', () => {
  let chain: LocalChain
  let dataDir: string
  let devnetPort: number
  let headHash: string
  let honest: { digest: string; rows: string[] }

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-lying-'))
    chmodSync(dataDir, 0o755)
    devnetPort = await freePort()
    chain = await startLocalChain({ dataDir, port: devnetPort, live: false, days: 2 })
    const rpc = createRpcClient(devnetPort)
    headHash = (await rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false])).hash
    rpc.close()
    honest = await indexed((logs) => logs)
  })
  afterAll(async () => {
    await chain.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** What the index says once it is at the head, where one process got there without ending before. */
  async function indexed(lie: Lie, verification = 'none'): Promise<{ digest: string; rows: string[] }> {
    const node = await startLyingNode(chain.rpcUrl, lie)
    const { url, drop } = await createTestDatabase()
    const database = new Client({ connectionString: url })
    await database.connect()
    const product = indexer(node.url, url, verification)
    let code: number | null | undefined
    product.ended().then((end) => {
      code = end.code
    })
    try {
      await vi.waitUntil(async () => code !== undefined || (await headOf(database)) === headHash, {
        timeout: 60_000,
        interval: 100,
      })
      expect(code, product.output()).toBeUndefined()
      const { rows } = await database.query<{ digest: string; row: string }>(
        'SELECT digest, to_jsonb(s)::text AS row FROM snapshot s ORDER BY block_number',
      )
      return { digest: rows.at(-1)?.digest ?? '', rows: rows.map(({ row }) => row) }
    } finally {
      await product.stop()
      await database.end()
      await drop()
      await node.close()
    }
  }

  function indexer(rpcUrl: string, databaseUrl: string, verification: string): Product {
    return runProduct('indexer', {
      VERIFICATION: verification,
      DATA_DIR: dataDir,
      RPC_URL: rpcUrl,
      DATABASE_URL: databaseUrl,
      ECONOMY_FILE: chain.economyFile,
    })
  }

  /** A lie that is told a few times, then no more. */
  function told(times: number, lie: Lie): Lie & { count(): number } {
    let count = 0
    const teller = (logs: readonly NodeLog[]): readonly NodeLog[] => {
      if (count >= times || logs.length === 0) return logs
      count += 1
      return lie(logs)
    }
    return Object.assign(teller, { count: () => count })
  }

  test.each(['bloom', 'receipts'])(
    'that has the block but not yet its logs is asked again (VERIFICATION=%s)',
    async (verification) => {
      const lie = told(3, () => [])
      const { digest, rows } = await indexed(lie, verification)
      expect(lie.count()).toBe(3)
      expect(digest).toBe(honest.digest)
      expect(rows).toEqual(honest.rows)
    },
  )

  test.each<[what: string, lie: Lie]>([
    ['hands out removed logs', (logs) => logs.map((log) => ({ ...log, removed: true }))],
    ['says a log twice', (logs) => logs.flatMap((log) => [log, log])],
    ['says logs in another order', (logs) => logs.toReversed()],
  ])('that %s is not believed, and asked again', async (_, lie) => {
    const passing = told(2, lie)
    const { digest, rows } = await indexed(passing)
    expect(passing.count()).toBe(2)
    expect(digest).toBe(honest.digest)
    expect(rows).toEqual(honest.rows)
  })

  test.each<[what: string, lie: Lie]>([
    ['hands out removed logs', (logs) => logs.map((log) => ({ ...log, removed: true }))],
    ['says a log twice', (logs) => logs.flatMap((log) => [log, log])],
    ['gives two logs of a block one index', (logs) => logs.map((log) => ({ ...log, logIndex: '0x0' }))],
  ])('that always %s is refused, and nothing is counted that is not so', async (_, lie) => {
    const node = await startLyingNode(chain.rpcUrl, lie)
    const { url, drop } = await createTestDatabase()
    const product = indexer(node.url, url, 'none')
    const database = new Client({ connectionString: url })
    await database.connect()
    try {
      const { code } = await product.ended()
      expect(code).toBe(75)
      expect(product.output()).toMatch(/E3014: Every answer to eth_getLogs failed its check/)
      const { rows } = await database.query<{ row: string }>(
        'SELECT to_jsonb(s)::text AS row FROM snapshot s ORDER BY block_number',
      )
      expect(honest.rows.slice(0, rows.length)).toEqual(rows.map(({ row }) => row))
    } finally {
      await database.end()
      await drop()
      await node.close()
    }
  })
})

async function headOf(database: Client): Promise<string | undefined> {
  // The table is not there before the first migration.
  const { rows } = await database
    .query<{ hash: string }>('SELECT hash FROM head')
    .catch(() => ({ rows: [] as { hash: string }[] }))
  return rows[0]?.hash
}
