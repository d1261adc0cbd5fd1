import type { EventBlock } from '../../src/core/events'
import { BRANCHING_RULES } from '../indexer/follower'
import { blocksOf, type Draft, HOLDERS, hashOf, INTERNAL, TREASURY } from '../support/history'
import { nameOf } from '../support/indexer-database'
import type { LiveApi } from './live-api'

const ZERO = `0x${'0'.repeat(40)}` as const
const [ALICE = ZERO] = HOLDERS

export const mint = (value: bigint): Draft => ({ kind: 'transfer', from: ZERO, to: ALICE, value })
export const burn = (value: bigint): Draft => ({ kind: 'transfer', from: ALICE, to: ZERO, value })
export const income = (value: bigint): Draft => ({
  kind: 'stableTransfer',
  from: INTERNAL,
  to: TREASURY,
  value,
})

/** A chain that a test lengthens and reorganises, and an index that follows it, block by block. */
export interface LiveChain {
  readonly blocks: readonly EventBlock[]
  /** Indexes blocks on top, one commit for all. */
  grow(...drafts: readonly (readonly Draft[])[]): Promise<void>
  /** Replaces blocks from the top by others, in one commit. */
  reorganise(depth: number, ...drafts: readonly (readonly Draft[])[]): Promise<void>
}

/** Begins with one final block, in which everything is minted. */
export async function beginChain({ database }: LiveApi): Promise<LiveChain> {
  const blocks = blocksOf([[mint(10n ** 27n)]])
  await database.indexFinal(blocks, BRANCHING_RULES)
  let branch = 0
  const extend = async (drafts: readonly (readonly Draft[])[]): Promise<void> => {
    const base = blocks.at(-1)
    const [final] = blocks
    if (base === undefined || final === undefined) throw new RangeError('the chain has no block')
    branch += 1
    let parentHash = base.block.hash
    const fresh = blocksOf(drafts, base.block.number + 1).map(({ block, events }): EventBlock => {
      const named = { ...block, parentHash, hash: hashOf('branch', branch, block.number) }
      parentHash = named.hash
      return { block: named, events }
    })
    await database.indexHot(nameOf(base), fresh, nameOf(final), BRANCHING_RULES)
    blocks.push(...fresh)
  }
  return {
    blocks,
    grow: (...drafts) => extend(drafts),
    async reorganise(depth, ...drafts) {
      blocks.splice(-depth)
      await extend(drafts)
    },
  }
}
