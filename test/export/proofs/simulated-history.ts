import { buildChain, type SimulatedChain } from '../../../bench/ingest/simulator/chain'
import { sha256 } from '../../../src/chain/verify/sha256'
import type { EconomyFile } from '../../../src/config/economy-file'
import type { Hash } from '../../../src/core/address'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { extendDigest, historySeed } from '../../../src/core/digest'
import type { EventBlock } from '../../../src/core/events'
import { eventBlocks } from '../../bench/event-blocks'
import { economyOf } from '../../support/simulated-truth'

/** A chain with real hashes, and what its maker says of its history. */
export interface SimulatedHistory {
  readonly chain: SimulatedChain
  readonly economy: EconomyFile
  readonly blocks: readonly EventBlock[]
  /** The range of some of its blocks, with the digests that the maker's word gives. */
  range(fromBlock: number, toBlock: number): ExportRange
}

export function simulatedHistory(options: {
  blocks: number
  events: number
  sealed?: boolean
}): SimulatedHistory {
  const chain = buildChain({ sealed: true, active: 0.6, finality: 0, ...options })
  const economy = economyOf(chain)
  const blocks = eventBlocks(chain)
  return { chain, economy, blocks, range: (from, to) => rangeOf(economy, blocks, from, to) }
}

/** What an export of these blocks says of itself, by the whole history up to them. */
export function rangeOf(
  economy: EconomyFile,
  blocks: readonly EventBlock[],
  fromBlock: number,
  toBlock: number,
): ExportRange {
  const { token, staking, stable, pair } = economy.contracts
  const { treasury, buyback } = economy.policy
  const seed = historySeed(
    { chainId: economy.chain.id, token, staking, stable, pair, treasury, buyback },
    sha256,
  )
  const digestOf = (some: readonly EventBlock[]): Hash =>
    some.reduce((digest, each) => extendDigest(digest, each, sha256), seed)
  const upTo = blocks.filter(({ block }) => block.number <= toBlock)
  const last = upTo.at(-1)?.block
  if (last === undefined) throw new RangeError(`nothing happens up to block ${toBlock}`)
  const before = digestOf(blocks.filter(({ block }) => block.number < fromBlock))
  return {
    fromBlock,
    toBlock: last.number,
    toBlockHash: last.hash,
    toTimestamp: last.timestamp,
    digest: { before, after: digestOf(upTo) },
  }
}
