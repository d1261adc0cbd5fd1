import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import { mergeRangeRequests, type RangeRequest, type RangeRequestList } from '@subsquid/util-internal-range'
import type { EconomyFile, TokenContract } from '../config/economy-file'
import { type Address, ZERO_ADDRESS } from '../core/address'
import { snapshotBlocks } from '../core/policy'
import { TOPICS } from './decode-log'

type LogRequest = NonNullable<DataRequest['logs']>[number]

/** The fields that the fold needs, and no others: an archive sends every one of them with every log. */
const FIELDS = {
  block: { timestamp: true },
  log: { address: true, topics: true, data: true, transactionHash: true },
  // Of the transactions that are asked for, which are none where the economy has no bridges.
  transaction: { hash: true, from: true, to: true },
} as const

/** Which logs of which blocks an economy is made of, as the engine asks its sources for them. */
export function dataRequests(economy: EconomyFile): RangeRequestList<DataRequest> {
  const { token, staking, stable, pair } = economy.contracts
  const requests: RangeRequest<DataRequest>[] = []
  const add = (from: number, ...logs: LogRequest[]): void =>
    void requests.push({ range: { from }, request: { logs } })
  add(token.startBlock, { address: [token.address], topic0: [...TOPICS.token] })
  add(staking.startBlock, { address: [staking.address], topic0: [...TOPICS.staking] })
  add(
    stable.startBlock,
    { address: [stable.address], topic0: [...TOPICS.upgrade] },
    ...stableTransfers(economy),
  )
  if (pair !== undefined) add(pair.startBlock, { address: [pair.address], topic0: [...TOPICS.pair] })
  if (economy.policy.bridges.size > 0) add(token.startBlock, ...withCallers(token))
  for (const block of snapshotBlocks(economy.policy)) {
    requests.push({ range: { from: block, to: block }, request: { includeAllBlocks: true } })
  }
  return mergeRangeRequests(requests, (a, b) => ({
    includeAllBlocks: a.includeAllBlocks === true || b.includeAllBlocks === true,
    logs: [...(a.logs ?? []), ...(b.logs ?? [])],
  })).map(({ range, request }) => ({ range, request: { ...request, fields: FIELDS } }))
}

/** Of the stable asset, which may be anyone's, only what concerns the wallets of the treasury and of buybacks. */
function stableTransfers({ contracts, policy }: EconomyFile): LogRequest[] {
  const { address, indexedTransfers } = contracts.stable
  const wallets = [...policy.treasury, ...policy.buyback].map(inTopic)
  const transfers = { address: [address], topic0: [...TOPICS.transfer] }
  return withWallets(wallets, indexedTransfers).map((sides) => ({ ...transfers, ...sides }))
}

/** Mints and burns come with their transactions: a bridge is known by who called, too. */
function withCallers({ address, indexedTransfers }: TokenContract): LogRequest[] {
  const logs = { address: [address], transaction: true }
  const transfers = { ...logs, topic0: [...TOPICS.transfer] }
  const sides = withWallets([inTopic(ZERO_ADDRESS)], indexedTransfers)
  return [...sides.map((side) => ({ ...transfers, ...side })), { ...logs, topic0: [...TOPICS.burn] }]
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
