import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@subsquid/logger'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import type { Client } from 'pg'
import type { ContractViews } from '../chain/contract-views'
import { type Decode, decodeLog } from '../chain/decode-log'
import { eventSources } from '../chain/event-sources'
import { probeContracts } from '../chain/probe'
import { archiveFirst } from '../chain/source/archive-first'
import { decoded } from '../chain/source/decoded'
import { type Heads, watchHeads } from '../chain/source/heads'
import { createRpcSource } from '../chain/source/rpc-source'
import type { Config } from '../config'
import { redactor, redactUrl } from '../config/redact'
import { INVARIANTS } from '../core/invariants'
import { createAccountMemory } from '../indexer/account-memory'
import { deploymentIdentity } from '../indexer/deployment-identity'
import { type BatchResult, handleBatch } from '../indexer/handle-batch'
import { type EngineParts, runEngine } from '../indexer/run-engine'
import { claimDeployment, indexedSoFar, matchDeployment, writeSourceStatus } from '../store/deployment'
import { DatabaseUnreachable } from '../store/errors'
import { takeIndexerLock } from '../store/indexer-lock'
import { migrate, PROJECT_DIR } from '../store/migrate'
import { pinnedBlocks } from '../store/pinned-blocks'
import { buildIndexes, deferIndexes, indexesPending } from '../store/secondary-indexes'
import { closeDatabase, connectDatabase, databaseFacts } from './connections'
import { limitHeapGrowth } from './heap'
import { registerIngestMetrics } from './ingest-metrics'
import { createIngestProgress } from './ingest-progress'
import { type Nodes, openNodes } from './open-nodes'
import { openPrometheus } from './prometheus'
import { keepReconciling } from './reconcile'
import { reportIngest } from './report-ingest'

/** How often the node's head is noted, in milliseconds. */
const HEARTBEAT = 2_000
/** How long a batch that is being written may take when the process is to end, in milliseconds. */
const LAST_BATCH = 1_800

/** Blocks from which on a first history is written without secondary indexes. */
const LONG_HISTORY = 10_000

/** What the SDK's database does unless it is told not to; its type does not say so. */
type HotBlocks = { readonly supportsHotBlocks: true }

/** Who ends the process when it cannot go on: the composition root. */
type Fail = (error: unknown) => never

/**
 * The indexer process: checks everything that can be checked, then runs the SDK's engine until it fails or is told to
 * stop. A transaction that is cut off leaves nothing behind.
 * @returns how to stop it between two batches
 */
export async function runIndexer(config: Config, log: Logger, fail: Fail): Promise<() => Promise<void>> {
  const { environment, economy } = config
  limitHeapGrowth()
  const databaseUrl = environment.databaseUrl ?? ''
  const client = await connectDatabase(databaseUrl, 'ashao-indexer')
  client.on('error', (error) => fail(new DatabaseUnreachable(databaseFacts(databaseUrl, error))))
  await takeIndexerLock(client)
  const applied = await migrate(client, databaseUrl)
  if (applied > 0) log.info(`applied ${applied} migrations`)

  const nodes = await openNodes(config, () => pinnedBlocks(client, economy.chain.id), log)
  const identity = deploymentIdentity(economy, nodes.genesisHash)
  if (!(await matchDeployment(client, identity))) {
    await probeContracts(nodes.node, economy, (message) => log.warn(message))
    await claimDeployment(client, identity)
  }
  const { rpc } = nodes
  const { verification, headPollMs } = environment
  const heads = watchHeads(rpc, economy.chain.finality, headPollMs)
  await heads.refresh()
  const chainHead = (): number => Number(heads.seen()?.head.number ?? -1)
  await keepHeartbeat(client, nodes, heads, log)

  if (isLongHistory(config, heads)) await deferIndexes(client)
  const { block, events } = await indexedSoFar(client)
  let indexed = block
  const { startBlock } = economy.policy
  const progress = createIngestProgress({ startBlock, block, events })
  const ingest = { rpc, heads, progress }
  const report = reportIngest(ingest, log)
  report.tellProgress()
  keepReconciling({
    config,
    views: viewsOfNodeInUse(nodes, config),
    log,
    isCaughtUp: () => indexed >= chainHead(),
  })

  // The SDK reads the database's place from the environment only.
  process.env.DB_URL = databaseUrl
  const rules = {
    policy: economy.policy,
    historySeed: identity.historySeed,
    memory: createAccountMemory(),
  }
  const sources = eventSources(economy)
  const decode: Decode = (log, block) => decodeLog(log, sources, block)
  const source = createRpcSource({ rpc, heads, verification, decode })
  const stop = new AbortController()
  const running = runEngine({
    economy,
    database: new TypeormDatabase({ projectDir: PROJECT_DIR }) as TypeormDatabase & HotBlocks,
    source,
    archive: await archiveOf(config, source, decode, log),
    beforeHead: async () => {
      if (await indexesPending(client)) await completeIndexes(databaseUrl, log)
    },
    prometheus: openPrometheus(environment.prometheusPort, (registry) =>
      registerIngestMetrics(registry, ingest),
    ),
    signal: stop.signal,
    async handle(store, blocks) {
      const result = await handleBatch(store, blocks, rules)
      if (result === undefined) return
      raiseAlarms(result, log)
      const { head, eventCount } = result
      indexed = head.number
      progress.wrote(indexed, eventCount)
      report.tellProgress()
    },
  })
  running.catch(fail)
  return async () => {
    report.close()
    stop.abort()
    const patience = new AbortController()
    // A batch that takes longer is rolled back when the connection goes, and is read again by the next start.
    await Promise.race([running, sleep(LAST_BATCH, undefined, patience)]).catch(() => undefined)
    patience.abort()
  }
}

/** Whether so much history is to be read that indexes are better built when it is. */
function isLongHistory({ economy }: Config, heads: Heads): boolean {
  const { finality } = economy.chain
  // Where every block is final at once, there is no moment at which history ends.
  if (finality.kind === 'confirmations' && finality.confirmations === 0) return false
  return (heads.seen()?.finalized ?? 0) - economy.policy.startBlock > LONG_HISTORY
}

/** On connections of its own: what others ask meanwhile must not be part of its transactions. */
async function completeIndexes(databaseUrl: string, log: Logger): Promise<void> {
  const connect = () => connectDatabase(databaseUrl, 'ashao-indexer-indexes')
  const [client, helper] = await Promise.all([connect(), connect()])
  try {
    const startedAt = Date.now()
    const tellOf = (name: string, left: number): void => log.info(`building index ${name}, ${left} to go`)
    const built = await buildIndexes(client, tellOf, [helper])
    if (built > 0) log.info(`built ${built} indexes in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`)
  } finally {
    await Promise.all([client, helper].map((each) => closeDatabase(each)))
  }
}

/** The SQD Network's archive, where one is configured: only then its client is loaded. */
async function archiveOf(
  { environment }: Config,
  nodes: EngineParts['source'],
  decode: Decode,
  log: Logger,
): Promise<EngineParts['archive']> {
  const { gatewayUrl: url, gatewayApiKey: apiKey } = environment
  if (url === undefined) return undefined
  const { createGatewaySource } = await import('../chain/source/gateway.js')
  const gateway = createGatewaySource({ url, shownUrl: redactUrl(url), apiKey, log: log.child('gateway') })
  return archiveFirst(decoded(gateway, decode), nodes, log)
}

/** What an operator has to hear of at once; each is in the database as well, and served. */
function raiseAlarms({ invariantBreaks, upgrades }: BatchResult, log: Logger): void {
  for (const { invariant, blockNumber, left, right } of invariantBreaks) {
    const { claim } = INVARIANTS[invariant]
    log.error({ invariant, blockNumber, left: `${left}`, right: `${right}` }, `Invariant broken: ${claim}`)
  }
  for (const { contract, implementation, blockNumber, isInstallation } of upgrades) {
    if (isInstallation) continue
    const text = `The ${contract} contract has other code since block ${blockNumber}: its events may mean something else.`
    log.error({ contract, implementation, blockNumber }, text)
  }
}

/** Notes the chain's head in the database every few seconds, if it was seen since: what `/status` and `/ready` go by. */
async function keepHeartbeat(client: Client, { inUse }: Nodes, heads: Heads, log: Logger): Promise<void> {
  let notedAt = 0
  const beat = async (): Promise<void> => {
    const seen = heads.seen()
    if (seen === undefined || seen.observedAt <= notedAt) return
    notedAt = seen.observedAt
    const { head, finalized: chainFinalized } = seen
    await writeSourceStatus(client, { url: inUse().shownUrl, chainHead: Number(head.number), chainFinalized })
  }
  await beat()
  setInterval(() => {
    beat().catch((error: unknown) => log.warn({ err: error as Error }, 'the head of the chain was not noted'))
  }, HEARTBEAT).unref()
}

/** The contracts' views, as the node says that is in use when they are asked: the client is loaded with the first question. */
function viewsOfNodeInUse({ inUse }: Nodes, { economy, environment }: Config): ContractViews {
  const known = new Map<string, ContractViews>()
  return {
    async answers(block, questions) {
      const { connectViews } = await import('../chain/contract-views.js')
      const { url } = inUse()
      const views = known.get(url) ?? connectViews(url, economy, redactor(environment.secrets))
      known.set(url, views)
      return views.answers(block, questions)
    },
  }
}
