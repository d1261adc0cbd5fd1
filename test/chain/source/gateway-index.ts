import { Logger, type LogRecord, setRootSink } from '@subsquid/logger'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import type { SimulatedChain } from '../../../bench/ingest/simulator/chain'
import { type Decode, decodeLog } from '../../../src/chain/decode-log'
import { eventSources } from '../../../src/chain/event-sources'
import { archiveFirst } from '../../../src/chain/source/archive-first'
import { decoded } from '../../../src/chain/source/decoded'
import { createGatewaySource } from '../../../src/chain/source/gateway'
import { watchHeads } from '../../../src/chain/source/heads'
import { createRpcSource } from '../../../src/chain/source/rpc-source'
import { openPrometheus } from '../../../src/cli/prometheus'
import { createAccountMemory } from '../../../src/indexer/account-memory'
import { deploymentIdentity } from '../../../src/indexer/deployment-identity'
import { handleBatch } from '../../../src/indexer/handle-batch'
import { type EngineParts, runEngine } from '../../../src/indexer/run-engine'
import { claimDeployment, matchDeployment } from '../../../src/store/deployment'
import { PROJECT_DIR } from '../../../src/store/migrate'
import { pinnedBlocks } from '../../../src/store/pinned-blocks'
import type { SimulatedDatabase } from '../../support/simulated-database'
import { openSimulatedNodes } from '../../support/simulated-nodes'
import { economyOf } from '../../support/simulated-truth'

export interface GatewayIndexOptions {
  readonly chain: SimulatedChain
  /** A node of that chain. */
  readonly nodeUrl: string
  /** Undefined for nodes alone. */
  readonly gatewayUrl: string | undefined
  readonly apiKey?: string
  readonly database: SimulatedDatabase
}

// Its lines would hide those of the tests.
setRootSink(() => undefined)

/**
 * Indexes a chain up to its head as the indexer does it that has a gateway: through the SDK's engine, into PostgreSQL.
 * @returns what was logged of the gateway
 */
export async function indexToHead(options: GatewayIndexOptions): Promise<readonly string[]> {
  const { chain, nodeUrl, gatewayUrl, apiKey, database } = options
  const { client, url } = database
  const economy = economyOf(chain)
  const { rpc, genesisHash } = await openSimulatedNodes({
    urls: [nodeUrl],
    economy,
    pinned: () => pinnedBlocks(client, economy.chain.id),
    requestTimeout: 2_000,
    answerLimit: 8 * 2 ** 20,
    patience: 20_000,
  })
  const identity = deploymentIdentity(economy, genesisHash)
  if (!(await matchDeployment(client, identity))) await claimDeployment(client, identity)
  const rules = {
    policy: economy.policy,
    historySeed: identity.historySeed,
    memory: createAccountMemory(),
  }
  const heads = watchHeads(rpc, economy.chain.finality, 50)
  await heads.refresh()
  const sources = eventSources(economy)
  const decode: Decode = (log, block) => decodeLog(log, sources, block)
  const source = createRpcSource({ rpc, heads, verification: { mode: 'none' }, decode })
  const records: LogRecord[] = []
  const log = new Logger((record) => records.push(record), 'test')
  const stop = new AbortController()
  // The SDK reads the database's place from the environment only.
  process.env.DB_URL = url
  const orm = new TypeormDatabase({ projectDir: PROJECT_DIR })
  try {
    await runEngine({
      economy,
      database: orm as EngineParts['database'],
      source,
      archive:
        gatewayUrl === undefined
          ? undefined
          : archiveFirst(
              decoded(
                createGatewaySource({
                  url: gatewayUrl,
                  shownUrl: 'http://shown/***',
                  apiKey,
                  log,
                  // What fails here fails for good.
                  patience: 0,
                }),
                decode,
              ),
              source,
              log,
            ),
      prometheus: openPrometheus(undefined),
      beforeHead: async () => undefined,
      signal: stop.signal,
      async handle(store, blocks) {
        const result = await handleBatch(store, blocks, rules)
        if (result?.head.number === chain.head()) stop.abort()
      },
    })
  } finally {
    heads.close()
    await rpc.close()
    await orm.disconnect()
  }
  return records.map(({ msg }) => msg ?? '')
}
