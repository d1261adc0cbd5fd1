import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { createLogger } from '@subsquid/logger'
import { RpcClient } from '@subsquid/rpc-client'
import { type EventSources, TOPICS } from '../chain/decode-log'
import { createDataSource } from '../chain/finality'
import { type EconomyFile, startBlockOf } from '../config/economy-file'
import { exclusionBlocks } from '../core/policy'

/** The fields that the fold needs, and no others: every one is downloaded with every log. */
const FIELDS = {
  block: { timestamp: true },
  log: { transactionHash: true },
} as const

/** What the SDK's processor builds in private; replacing it is the seam that the SDK leaves. */
interface Seams {
  getPrometheusServer(): { addChainRpcMetrics(collect: () => ReturnType<RpcClient['getMetrics']>): void }
}

export type Processor = EvmBatchProcessor<typeof FIELDS>

/**
 * Sets up the SDK's engine for one economy: which logs, from where, final when.
 * @param url the node; its secrets show up nowhere, since logs and metrics are given `shownUrl` instead
 */
export function createProcessor(economy: EconomyFile, url: string, shownUrl: string): Processor {
  const { token, staking, stable } = economy.contracts
  const treasury = [...economy.policy.treasury].map((wallet) => `0x${wallet.slice(2).padStart(64, '0')}`)
  const { finality } = economy.chain
  const processor = new EvmBatchProcessor()
    .setFields(FIELDS)
    .setRpcEndpoint({ url })
    // The engine wants a depth; the data source below knows better where finality is a tag.
    .setFinalityConfirmation(finality.kind === 'confirmations' ? finality.confirmations : 1)
    .addLog({ address: [token.address], topic0: [...TOPICS.token], range: { from: token.startBlock } })
    .addLog({ address: [staking.address], topic0: [...TOPICS.staking], range: { from: staking.startBlock } })
  for (const side of ['topic1', 'topic2'] as const) {
    const range = { from: stable.startBlock }
    processor.addLog({ address: [stable.address], topic0: [...TOPICS.stable], [side]: treasury, range })
  }
  const start = startBlockOf(economy)
  // A block at which the exclusion list changes gets a snapshot even if nothing happens in it.
  for (const block of exclusionBlocks(economy.policy)) {
    if (block > start) processor.includeAllBlocks({ from: block, to: block })
  }
  replaceSource(processor, economy, url, shownUrl)
  return processor
}

/** The contracts whose logs are decoded. */
export function eventSources({ contracts, policy }: EconomyFile): EventSources {
  return {
    token: contracts.token.address,
    staking: contracts.staking.address,
    stable: contracts.stable.address,
    treasury: policy.treasury,
  }
}

function replaceSource(processor: Processor, economy: EconomyFile, url: string, shownUrl: string): void {
  const log = createLogger('sqd:processor').child('rpc', { rpcUrl: shownUrl })
  const client = new RpcClient({
    url,
    capacity: 10,
    maxBatchCallSize: 100,
    requestTimeout: 30_000,
    retryAttempts: Number.MAX_SAFE_INTEGER,
    log,
  })
  const source = createDataSource(client, economy.chain.finality, shownUrl, log)
  Object.defineProperty(processor, 'getChainRpcClient', { value: () => client })
  Object.defineProperty(processor, 'getHotDataSource', { value: () => source })
  // The URL is a label of the SDK's metrics.
  const seams = processor as unknown as Seams
  seams.getPrometheusServer().addChainRpcMetrics(() => ({ ...client.getMetrics(), url: shownUrl }))
}
