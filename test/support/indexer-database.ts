import { type Store, TypeormDatabase } from '@subsquid/typeorm-store'
import { Client } from 'pg'
import type { EventBlock } from '../../src/core/events'
import { createAccountMemory } from '../../src/indexer/account-memory'
import { type BatchResult, handleBatch } from '../../src/indexer/handle-batch'
import { migrate, PROJECT_DIR } from '../../src/store/migrate'
import { type DecodingRules, sourceBlocks } from '../indexer/source-blocks'
import { createTestDatabase } from './postgres'

export interface BlockName {
  readonly height: number
  readonly hash: string
}

/** Every row of every table of the model but `correction`, which tells of other histories; as text, in the order of their ids. */
export type Dump = Readonly<Record<string, readonly string[]>>

/** A migrated database with the SDK's store on it, driven by hand: no node, no engine. */
export interface IndexerDatabase {
  readonly url: string
  readonly client: Client
  /** Runs `work` as one finalized batch that ends at `next`. */
  finalized(next: BlockName, work: (store: Store) => Promise<void>): Promise<void>
  /** Indexes final blocks in one batch. */
  indexFinal(blocks: readonly EventBlock[], rules: DecodingRules): Promise<BatchResult | undefined>
  /** Indexes blocks on top of `base`, undoing what is above it; those above `final` can be undone in turn. */
  indexHot(
    base: BlockName,
    blocks: readonly EventBlock[],
    final: BlockName,
    rules: DecodingRules,
  ): Promise<void>
  /** Reads inside a batch that writes nothing and is undone. */
  read<Result>(question: (store: Store) => Promise<Result>): Promise<Result>
  dump(): Promise<Dump>
  close(): Promise<void>
}

export const NOTHING: BlockName = { height: -1, hash: '0x' }

export const nameOf = ({ block }: EventBlock): BlockName => ({ height: block.number, hash: block.hash })

export async function createIndexerDatabase(): Promise<IndexerDatabase> {
  const { url, drop } = await createTestDatabase()
  const client = new Client({ connectionString: url })
  await client.connect()
  await migrate(client, url)
  // The SDK reads the database's place from the environment only.
  process.env.DB_URL = url
  const database = new TypeormDatabase({ supportHotBlocks: true, projectDir: PROJECT_DIR })
  await database.connect()
  const memory = createAccountMemory()
  let last = NOTHING
  const finalized: IndexerDatabase['finalized'] = async (next, work) => {
    await database.transact({ prevHead: last, nextHead: next }, work)
    last = next
  }
  return {
    url,
    client,
    finalized,
    async indexFinal(blocks, rules) {
      const newest = blocks.at(-1)
      if (newest === undefined) return undefined
      let result: BatchResult | undefined
      await finalized(nameOf(newest), async (store) => {
        result = await handleBatch(store, sourceBlocks(blocks, rules.sources), { ...rules, memory })
      })
      return result
    },
    async indexHot(base, blocks, final, rules) {
      const info = { baseHead: base, newBlocks: blocks.map(nameOf), finalizedHead: final }
      await database.transactHot2(info, async (store, from, to) => {
        await handleBatch(store, sourceBlocks(blocks.slice(from, to), rules.sources), { ...rules, memory })
      })
      last = final
    },
    async read(question) {
      const undone = new Error('undone')
      const answers: Awaited<ReturnType<typeof question>>[] = []
      const next = { height: last.height + 1, hash: '0xread' }
      const work = async (store: Store): Promise<void> => {
        answers.push(await question(store))
        throw undone
      }
      await database.transact({ prevHead: last, nextHead: next }, work).catch((error: unknown) => {
        if (error !== undone) throw error
      })
      const [answer] = answers
      if (answer === undefined) throw new TypeError('nothing was read')
      return answer
    },
    dump: () => dumpOf(client),
    async close() {
      await database.disconnect()
      await client.end()
      await drop()
    },
  }
}

async function dumpOf(client: Client): Promise<Dump> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('migrations', 'correction')
     ORDER BY 1`,
  )
  const dump: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY id`)
    dump[name] = rows.map(({ row }) => row)
  }
  return dump
}
