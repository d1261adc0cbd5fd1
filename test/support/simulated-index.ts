import { setRootSink } from '@subsquid/logger'
import { type Store, TypeormDatabase } from '@subsquid/typeorm-store'
import type { HashAndHeight, HotDatabase } from '@subsquid/util-internal-processor-tools'
import type { SimulatedChain } from '../../bench/ingest/simulator/chain'
import { decodeLog } from '../../src/chain/decode-log'
import { eventSources } from '../../src/chain/event-sources'
import type { Rpc } from '../../src/chain/rpc/rpc'
import { type Heads, watchHeads } from '../../src/chain/source/heads'
import { createRpcSource } from '../../src/chain/source/rpc-source'
import { openPrometheus } from '../../src/cli/prometheus'
import type { VerificationSetting } from '../../src/config/verification'
import { createAccountMemory } from '../../src/indexer/account-memory'
import { deploymentIdentity } from '../../src/indexer/deployment-identity'
import { handleBatch } from '../../src/indexer/handle-batch'
import { runEngine } from '../../src/indexer/run-engine'
import { claimDeployment, matchDeployment } from '../../src/store/deployment'
import { PROJECT_DIR } from '../../src/store/migrate'
import { pinnedBlocks } from '../../src/store/pinned-blocks'
import type { SimulatedDatabase } from './simulated-database'
import { openSimulatedNodes } from './simulated-nodes'
import { economyOf } from './simulated-truth'

export interface IndexOptions {
  readonly chain: SimulatedChain
  readonly urls: readonly string[]
  readonly database: SimulatedDatabase
  readonly verification?: VerificationSetting
  readonly headPollMs?: number
  readonly requestTimeout?: number
  readonly answerLimit?: number
  /** How long a first node may take, in milliseconds. */
  readonly patience?: number
}

/** A batch that was committed. */
export interface Commit {
  /** The block that it starts from; undefined where its blocks are final. */
  readonly base: HashAndHeight | undefined
  readonly blocks: readonly HashAndHeight[]
  /** By `performance.now()`. */
  readonly at: number
}

/** An indexer that runs in this process, as its role does it: nodes, source, the SDK's engine, PostgreSQL. */
export interface SimulatedIndex {
  readonly rpc: Rpc
  readonly heads: Heads
  readonly commits: readonly Commit[]
  /** Resolves when a batch was committed after which `is` holds; rejects with what ended the indexer. */
  until(is: (commit: Commit) => boolean | Promise<boolean>): Promise<void>
  /** Resolves when the newest indexed block is the chain's, or so many below; rejects with what ended the indexer. */
  reachesHead(below?: number): Promise<void>
  /** Rejects with what ended the indexer. */
  readonly ended: Promise<never>
  /** Resolves when the last batch is written. */
  stop(): Promise<void>
}

// Its lines would hide those of the tests.
setRootSink(() => undefined)

/** @throws EconomyError if no endpoint may be used */
export async function startSimulatedIndex(options: IndexOptions): Promise<SimulatedIndex> {
  const { chain, urls, database, verification = { mode: 'none' } } = options
  const { headPollMs = 50, requestTimeout = 1_000, answerLimit = 8 * 2 ** 20, patience = 20_000 } = options
  const { client } = database
  const economy = economyOf(chain)
  const pinned = () => pinnedBlocks(client, economy.chain.id)
  const { rpc, genesisHash } = await openSimulatedNodes({
    urls,
    economy,
    pinned,
    requestTimeout,
    answerLimit,
    patience,
  })
  const identity = deploymentIdentity(economy, genesisHash)
  if (!(await matchDeployment(client, identity))) await claimDeployment(client, identity)
  const heads = watchHeads(rpc, economy.chain.finality, headPollMs)

  const commits: Commit[] = []
  const listeners = new Set<(commit: Commit) => void>()
  const committed = (base: HashAndHeight | undefined, blocks: readonly HashAndHeight[]): void => {
    const commit = { base, blocks, at: performance.now() }
    commits.push(commit)
    for (const listener of listeners) listener(commit)
  }
  const orm = new TypeormDatabase({ projectDir: PROJECT_DIR })
  const stop = new AbortController()
  const sources = eventSources(economy)
  const rules = {
    policy: economy.policy,
    historySeed: identity.historySeed,
    memory: createAccountMemory(),
  }
  await heads.refresh()
  const running = runEngine({
    economy,
    database: observed(orm, database.url, committed),
    source: createRpcSource({
      rpc,
      heads,
      verification,
      decode: (log, block) => decodeLog(log, sources, block),
    }),
    archive: undefined,
    prometheus: openPrometheus(undefined),
    beforeHead: async () => undefined,
    signal: stop.signal,
    handle: async (store, blocks) => void (await handleBatch(store, blocks, rules)),
  })
  const failed = running.then(
    () => new Error('the indexer was stopped'),
    (error: unknown) => error,
  )

  const ended = failed.then((error) => Promise.reject(error))
  // Whoever waits for it hears of it.
  ended.catch(() => undefined)

  const until: SimulatedIndex['until'] = (is) =>
    new Promise((resolve, reject) => {
      const look = async (commit: Commit | undefined): Promise<void> => {
        if (commit === undefined || !(await is(commit))) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      void failed.then(reject)
      void look(commits.at(-1))
    })
  const isAt = ({ base, blocks }: Commit, least: number): boolean => {
    const newest = blocks.at(-1) ?? base
    if (newest === undefined || newest.height < least || newest.height > chain.head()) return false
    return newest.hash === chain.store.facts(newest.height).hash
  }
  return {
    rpc,
    heads,
    commits,
    ended,
    until,
    reachesHead: (below = 0) => until((commit) => isAt(commit, chain.head() - below)),
    async stop() {
      stop.abort()
      await failed
      heads.close()
      await rpc.close()
      await orm.disconnect()
    },
  }
}

/** The SDK's database at a place of its own, which tells what it has committed. */
function observed(
  orm: TypeormDatabase,
  url: string,
  committed: (base: HashAndHeight | undefined, blocks: readonly HashAndHeight[]) => void,
): HotDatabase<Store> {
  return {
    supportsHotBlocks: true,
    connect() {
      // The SDK reads the database's place from the environment, before it first waits for anything.
      process.env.DB_URL = url
      return orm.connect()
    },
    async transact(info, work) {
      await orm.transact(info, work)
      committed(undefined, [info.nextHead])
    },
    transactHot: () => Promise.reject(new TypeError('the engine takes several blocks at once')),
    async transactHot2(info, work) {
      await orm.transactHot2(info, work)
      committed(info.baseHead, info.newBlocks)
    },
  }
}
