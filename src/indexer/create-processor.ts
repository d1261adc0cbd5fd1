import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { createLogger } from '@subsquid/logger'
import { RpcClient } from '@subsquid/rpc-client'
import { type EventSources, TOPICS } from '../chain/decode-log'
import { createDataSource } from '../chain/finality'
import type { EconomyFile } from '../config/economy-file'
import { snapshotBlocks } from '../core/policy'

/** The fields that the fold needs, and no others: every one is downloaded with every log. */
const FIELDS = {
  block: { timestamp: true },
  log: { transactionHash: true },
} as const

/** What the SDK's processor builds in private; replacing it is the seam that the SDK leaves. */
interface Seams {
  getPrometheusServer(): {
    addChainRpcMetrics(collect: () => ReturnType<RpcClient['getMetrics']>): void
    serve(): Promise<{ readonly port: number | string }>
  }
}

/** A node as it is reached, and as it may be shown. */
export interface Endpoint {
  readonly url: string
  /** Without its secrets: what logs and metrics are given. */
  readonly shownUrl: string
}

export type Processor = EvmBatchProcessor<typeof FIELDS>

/**
 * Sets up the SDK's engine for one economy: which logs, from where, final when.
 * @param metricsPort where the SDK's metrics are served, on every interface; undefined means nowhere
 */
export function createProcessor(
  economy: EconomyFile,
  endpoint: Endpoint,
  metricsPort: number | undefined,
): Processor {
  const { token, staking, stable } = economy.contracts
  const treasury = [...economy.policy.treasury].map((wallet) => `0x${wallet.slice(2).padStart(64, '0')}`)
  const { finality } = economy.chain
  const processor = new EvmBatchProcessor()
    .setFields(FIELDS)
    .setRpcEndpoint({ url: endpoint.url })
    // The engine wants a depth; the data source below knows better where finality is a tag.
    .setFinalityConfirmation(finality.kind === 'confirmations' ? finality.confirmations : 1)
    .addLog({ address: [token.address], topic0: [...TOPICS.token], range: { from: token.startBlock } })
    .addLog({ address: [staking.address], topic0: [...TOPICS.staking], range: { from: staking.startBlock } })
  for (const side of ['topic1', 'topic2'] as const) {
    const range = { from: stable.startBlock }
    processor.addLog({ address: [stable.address], topic0: [...TOPICS.stable], [side]: treasury, range })
  }
  for (const block of snapshotBlocks(economy.policy)) processor.includeAllBlocks({ from: block, to: block })
  replaceSource(processor, economy, endpoint)
  if (metricsPort === undefined) closeMetrics(processor)
  else processor.setPrometheusPort(metricsPort)
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

/** The SDK would open a port of its own choice: an operator opens one on purpose, or none. */
function closeMetrics(processor: Processor): void {
  const seams = processor as unknown as Seams
  seams.getPrometheusServer().serve = async () => ({ port: 'none, PROMETHEUS_PORT is not set' })
}

function replaceSource(processor: Processor, economy: EconomyFile, { url, shownUrl }: Endpoint): void {
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
