import { type Store, TypeormDatabase } from '@subsquid/typeorm-store'
import { Client } from 'pg'
import type { SourceBlock } from '../../../src/chain/source/source-block'
import type { EventBlock } from '../../../src/core/events'
import { inventHash } from '../../ingest/simulator/random'
import { type EconomyScript, economyBlocks } from './economy-blocks'
import { economyFile } from './economy-file'
import type { ProductParts } from './product'

/** Blocks of one batch: about as many events as the indexer takes at once. */
const BATCH = 4_000
/** Milliseconds between two words on how far it is. */
const PROGRESS = 10_000

export interface LoadOptions {
  readonly databaseUrl: string
  readonly script: EconomyScript
  readonly product: ProductParts
  /** Told how far it is. */
  readonly say: (text: string) => void
}

/** Whether a database holds the whole of such a history, with its indexes, in the tables that this version has. */
export async function isLoaded({ databaseUrl, script, product }: LoadOptions): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ transfers: number; pending: boolean }>(
      `select transfer_count as transfers, indexes_pending as pending from deployment,
         (select transfer_count from snapshot order by block_number desc limit 1) as newest`,
    )
    if (rows[0]?.transfers !== script.transfers || rows[0].pending) return false
    // A migration that is applied only now has not seen how the rows came in.
    return (await product.migrate(client, databaseUrl)) === 0
  } catch (error) {
    // 3D000: no such database, 42P01: no such table, E4006: tables of another version.
    if (['3D000', '42P01', 'E4006'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  } finally {
    await client.end()
  }
}

/**
 * Writes a made-up history as the indexer writes one: its batches, its fold, its bulk writer, and the secondary indexes in
 * the end, so that every row is what the indexer would have written.
 */
export async function loadEconomy({ databaseUrl, script, product, say }: LoadOptions): Promise<void> {
  const economy = product.parseEconomyFile(economyFile(), 'economy.yaml', [])
  if (economy === undefined) throw new TypeError('the made-up economy file is not valid')
  const identity = product.deploymentIdentity(economy, inventHash(script.seed, 0))
  const rules = {
    policy: economy.policy,
    historySeed: identity.historySeed,
    memory: product.createAccountMemory(),
  }
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  // The SDK reads the database's place from the environment only.
  process.env.DB_URL = databaseUrl
  const database = new TypeormDatabase({ projectDir: product.PROJECT_DIR })
  try {
    await product.migrate(client, databaseUrl)
    await product.claimDeployment(client, identity)
    await product.deferIndexes(client)
    const { height, hash } = await database.connect()
    let head = { height, hash }
    const tell = progressOf(script, say)
    for (const batch of batches(economyBlocks(script))) {
      const { height, hash } = batch.at(-1)?.header ?? head
      const next = { height, hash }
      await database.transact({ prevHead: head, nextHead: next }, async (store: Store) => {
        tell(await product.handleBatch(store, batch, rules))
      })
      head = next
    }
    say('building indexes')
    await product.buildIndexes(client)
    await product.writeSourceStatus(client, {
      url: 'http://127.0.0.1',
      chainHead: head.height,
      chainFinalized: head.height,
    })
    // What autovacuum would have done by and by.
    await client.query('vacuum analyze')
  } finally {
    await database.disconnect()
    await client.end()
  }
}

function* batches(blocks: Iterable<EventBlock>): Generator<SourceBlock[]> {
  let batch: SourceBlock[] = []
  for (const { block, events } of blocks) {
    const { number: height, hash, parentHash, timestamp } = block
    batch.push({ header: { height, hash, parentHash, timestamp: timestamp * 1_000 }, events })
    if (batch.length < BATCH) continue
    yield withCoverage(batch)
    batch = []
  }
  if (batch.length > 0) yield withCoverage(batch)
}

/** Says of the last block how all of them were read. */
function withCoverage(batch: readonly SourceBlock[]): SourceBlock[] {
  const [first] = batch
  const coverage = {
    fromBlock: first?.header.height ?? 0,
    source: 'RPC',
    verification: 'NONE',
    blocksChecked: 0,
  } as const
  return batch.map((block, index) => (index === batch.length - 1 ? { ...block, coverage } : block))
}

type Result = Awaited<ReturnType<ProductParts['handleBatch']>>

function progressOf(script: EconomyScript, say: (text: string) => void): (result: Result) => void {
  const startedAt = performance.now()
  let toldAt = startedAt
  return (result) => {
    const now = performance.now()
    if (result === undefined || now - toldAt < PROGRESS) return
    toldAt = now
    const { head, eventCount } = result
    const done = (head.timestamp - script.from) / (script.to - script.from)
    const rate = Math.round(eventCount / ((now - startedAt) / 1_000))
    say(`${(done * 100).toFixed(1)} %, ${eventCount.toLocaleString('en')} events, ${rate} events/s`)
  }
}
