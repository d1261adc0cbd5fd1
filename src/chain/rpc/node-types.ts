import type { Hash } from '../../core/address'

// What nodes answer, as far as it is read here; quantities are hex. Nothing of it is believed before it is checked.

/** A log of `eth_getLogs` or of a receipt. */
export interface NodeLog {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: string
  readonly blockHash: Hash
  readonly transactionHash: Hash
  readonly transactionIndex: string
  readonly logIndex: string
  readonly removed?: boolean
  /** Unix seconds; given by newer nodes, which saves the block's header. */
  readonly blockTimestamp?: string
}

/** A block of `eth_getBlockByNumber(…, false)`, with whatever header fields its chain has. */
export interface NodeHeader {
  readonly number: string
  readonly hash: Hash
  readonly parentHash: Hash
  readonly timestamp: string
  readonly logsBloom: string
  readonly receiptsRoot: Hash
  readonly [field: string]: unknown
}

/** A receipt of `eth_getBlockReceipts`. */
export interface NodeReceipt {
  readonly transactionHash: Hash
  readonly transactionIndex: string
  readonly blockHash: Hash
  readonly blockNumber: string
  readonly from: string
  readonly to: string | null
  readonly logs: readonly NodeLog[]
  readonly [field: string]: unknown
}

/** Which logs are wanted: of any of the addresses, and per position any of the topics; null is anything. */
export interface LogFilter {
  readonly addresses: readonly string[]
  readonly topics: readonly (readonly string[] | null)[]
}
