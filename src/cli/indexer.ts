import type { Logger } from '@subsquid/logger'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import type { Client } from 'pg'
import { connectViews } from '../chain/contract-views'
import { HeadReplaced, NodeUnreachable } from '../chain/errors'
import { type ChainNode, reasonOf } from '../chain/node'
import { probeContracts, probeFinalBlock } from '../chain/probe'
import type { Config } from '../config'
import { redactor } from '../config/redact'
import { EconomyError } from '../core/errors'
import { INVARIANTS } from '../core/invariants'
import { createProcessor, eventSources } from '../indexer/create-processor'
import { deploymentIdentity } from '../indexer/deployment-identity'
import { type BatchResult, handleBatch } from '../indexer/handle-batch'
import {
  claimDeployment,
  finalBlock,
  indexedSoFar,
  matchDeployment,
  writeSourceStatus,
} from '../store/deployment'
import { DatabaseUnreachable } from '../store/errors'
import { takeIndexerLock } from '../store/indexer-lock'
import { migrate, PROJECT_DIR } from '../store/migrate'
import { chooseNode, connectDatabase, databaseFacts } from './connections'
import { tell } from './messages'
import { keepReconciling } from './reconcile'

/** How often the node's head is noted, in milliseconds. */
const HEARTBEAT = 2_000
/** Beats in a row at which the newest indexed block is not the node's, from which that is no reorg under way. */
const DOUBTFUL_BEATS = 4

/** Who ends the process when it cannot go on: the composition root. */
type Fail = (error: unknown) => never

/**
 * The indexer process: checks everything that can be checked, then hands the process to the SDK's engine, which
 * runs until it fails or is told to stop. A transaction that is cut off leaves nothing behind.
 */
export async function runIndexer(config: Config, log: Logger, fail: Fail): Promise<void> {
  const { environment, economy } = config
  const databaseUrl = environment.databaseUrl ?? ''
  const client = await connectDatabase(databaseUrl, 'ashao-indexer')
  client.on('error', (error) => fail(new DatabaseUnreachable(databaseFacts(databaseUrl, error))))
  await takeIndexerLock(client)
  const applied = await migrate(client, databaseUrl)
  if (applied > 0) log.info(`applied ${applied} migrations`)

  const { node, url, genesisHash } = await chooseNode(config, (message, err) => log.warn({ err }, message))
  const identity = deploymentIdentity(economy, genesisHash)
  if (await matchDeployment(client, identity)) {
    await probeFinalBlock(node, await finalBlock(client))
  } else {
    await probeContracts(node, economy, (message) => log.warn(message))
    await claimDeployment(client, identity)
  }

  const chainHead = await keepHeartbeat(client, node, config, log, fail)
  const { block, events } = await indexedSoFar(client)
  let indexed = block
  const { startBlock } = economy.policy
  tell({ type: 'indexing', startBlock, block, chainHead: chainHead(), events })
  const rules = {
    policy: economy.policy,
    sources: eventSources(economy),
    historySeed: identity.historySeed,
  }
  keepReconciling({
    config,
    views: connectViews(url, economy, redactor(environment.secrets)),
    log,
    isCaughtUp: () => indexed >= chainHead(),
  })
  // The SDK reads the database's place from the environment only.
  process.env.DB_URL = databaseUrl
  const database = new TypeormDatabase({ supportHotBlocks: true, projectDir: PROJECT_DIR })
  createProcessor(economy, { url, shownUrl: node.shownUrl }, environment.prometheusPort).run(
    database,
    async ({ store, blocks }) => {
      try {
        const result = await handleBatch(store, blocks, rules)
        if (result === undefined) return
        raiseAlarms(result, log)
        const { head, eventCount: events } = result
        const block = head.number
        indexed = block
        tell({ type: 'indexing', startBlock, block, chainHead: Math.max(chainHead(), block), events })
      } catch (error) {
        if (error instanceof EconomyError) fail(error)
        throw error
      }
    },
  )
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

/** Notes the node's head in the database every few seconds: what `/status` and `/ready` go by. */
async function keepHeartbeat(
  client: Client,
  node: ChainNode,
  { economy }: Config,
  log: Logger,
  fail: Fail,
): Promise<() => number> {
  const { finality } = economy.chain
  let chainHead = 0
  let isBusy = false
  let doubtfulBeats = 0
  const beat = async (): Promise<void> => {
    chainHead = await node.head()
    const chainFinalized =
      finality.kind === 'tag'
        ? ((await node.blockHash(finality.tag))?.number ?? -1)
        : Math.max(chainHead - finality.confirmations, 0)
    await writeSourceStatus(client, { url: node.shownUrl, chainHead, chainFinalized })
    const replaced = await replacedHead(client, node)
    doubtfulBeats = replaced === undefined ? 0 : doubtfulBeats + 1
    if (replaced !== undefined && doubtfulBeats >= DOUBTFUL_BEATS) fail(new HeadReplaced(replaced))
  }
  await beat().catch((error: unknown) => {
    throw new NodeUnreachable({ url: node.shownUrl, reason: reasonOf(error) })
  })
  setInterval(() => {
    if (isBusy) return
    isBusy = true
    beat()
      .catch((error: unknown) => log.warn({ err: error as Error }, 'the node did not tell its head'))
      .finally(() => {
        isBusy = false
      })
  }, HEARTBEAT).unref()
  return () => chainHead
}

/** The newest indexed block, if the node has another one in its place or none. */
async function replacedHead(
  client: Client,
  node: ChainNode,
): Promise<{ block: number; indexed: string; onChain: string } | undefined> {
  const { block, hash } = await indexedSoFar(client)
  if (hash === undefined) return undefined
  const onChain = (await node.blockHash(block))?.hash
  return onChain === hash ? undefined : { block, indexed: hash, onChain: onChain ?? 'no such block' }
}
