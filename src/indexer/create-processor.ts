import { EvmBatchProcessor } from '@subsquid/evm-processor'
import { createLogger } from '@subsquid/logger'
import { RpcClient } from '@subsquid/rpc-client'
import { type EventSources, TOPICS } from '../chain/decode-log'
import { createDataSource } from '../chain/finality'
import type { EconomyFile, TokenContract } from '../config/economy-file'
import { type Address, ZERO_ADDRESS } from '../core/address'
import { snapshotBlocks } from '../core/policy'

/** The fields that the fold needs, and no others: every one is downloaded with every log. */
const FIELDS = {
  block: { timestamp: true },
  log: { transactionHash: true },
  // Of the transactions that are asked for, which are none where the economy has no bridges.
  transaction: { from: true, to: true },
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
  const { token, staking, stable, pair } = economy.contracts
  const { finality } = economy.chain
  const processor = new EvmBatchProcessor()
    .setFields(FIELDS)
    .setRpcEndpoint({ url: endpoint.url })
    // The engine wants a depth; the data source below knows better where finality is a tag.
    .setFinalityConfirmation(finality.kind === 'confirmations' ? finality.confirmations : 1)
    .addLog({ address: [token.address], topic0: [...TOPICS.token], range: { from: token.startBlock } })
    .addLog({
      address: [stable.address],
      topic0: [...TOPICS.upgrade],
      range: { from: stable.startBlock },
    })
    .addLog({ address: [staking.address], topic0: [...TOPICS.staking], range: { from: staking.startBlock } })
  askForStableTransfers(processor, economy)
  if (pair !== undefined) {
    const range = { from: pair.startBlock }
    processor.addLog({ address: [pair.address], topic0: [...TOPICS.pair], range })
  }
  if (economy.policy.bridges.size > 0) askForCallers(processor, token)
  for (const block of snapshotBlocks(economy.policy)) processor.includeAllBlocks({ from: block, to: block })
  replaceSource(processor, economy, endpoint)
  if (metricsPort === undefined) closeMetrics(processor)
  else processor.setPrometheusPort(metricsPort)
  return processor
}

/** Of the stable asset, which may be anyone's, only what concerns the wallets of the treasury and of buybacks. */
function askForStableTransfers(processor: Processor, { contracts, policy }: EconomyFile): void {
  const { address, startBlock, indexedTransfers } = contracts.stable
  const request = { address: [address], topic0: [...TOPICS.transfer], range: { from: startBlock } }
  const wallets = [...policy.treasury, ...policy.buyback].map(inTopic)
  for (const sides of withWallets(wallets, indexedTransfers)) processor.addLog({ ...request, ...sides })
}

/** Mints and burns come with their transactions: a bridge is known by who called, too. */
function askForCallers(processor: Processor, { address, startBlock, indexedTransfers }: TokenContract): void {
  const request = { address: [address], range: { from: startBlock }, transaction: true }
  for (const sides of withWallets([inTopic(ZERO_ADDRESS)], indexedTransfers)) {
    processor.addLog({ ...request, topic0: [...TOPICS.transfer], ...sides })
  }
  processor.addLog({ ...request, topic0: [...TOPICS.burn] })
}

/** Filters for Transfers with one of these wallets on a side. Where no topic says who they are, all have to come. */
function withWallets(
  wallets: string[],
  indexedTransfers: boolean,
): { topic1?: string[]; topic2?: string[] }[] {
  return indexedTransfers ? [{ topic1: wallets }, { topic2: wallets }] : [{}]
}

/** An address as a topic holds it. */
function inTopic(address: Address): string {
  return `0x${address.slice(2).padStart(64, '0')}`
}

/** The contracts whose logs are decoded. */
export function eventSources({ contracts, policy }: EconomyFile): EventSources {
  return {
    token: contracts.token.address,
    staking: contracts.staking.address,
    stable: contracts.stable.address,
    pair: contracts.pair?.address,
    wallets: new Set([...policy.treasury, ...policy.buyback]),
    stakingEvents: contracts.staking.events,
    indexedTransfers: contracts.token.indexedTransfers,
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
