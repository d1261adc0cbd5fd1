import type { HashAndHeight, HotDatabaseState } from '@subsquid/util-internal-processor-tools'
import type { NodeHeader } from '../rpc/node-types'

/** The indexed blocks that may still change, above the last one that may not. */
export interface HotChain {
  /** The last final block; nothing below it is ever undone. */
  readonly base: HashAndHeight
  /** Consecutive blocks above it. */
  readonly blocks: readonly HashAndHeight[]
}

export function hotChainOf({ height, hash, top }: HotDatabaseState): HotChain {
  return { base: { height, hash }, blocks: top }
}

export function topOf({ base, blocks }: HotChain): HashAndHeight {
  return blocks.at(-1) ?? base
}

/** The indexed block at a height; undefined where there is none that may still change, nor the last final one. */
export function blockAt({ base, blocks }: HotChain, height: number): HashAndHeight | undefined {
  return height === base.height ? base : blocks[height - base.height - 1]
}

/** Whether a header descends from an indexed block directly. */
export function isChild(chain: HotChain, { number, parentHash }: NodeHeader): boolean {
  return blockAt(chain, Number(number) - 1)?.hash === parentHash
}

/** The chain with everything from these blocks' first height on replaced by them; they have to link to it. */
export function extended(chain: HotChain, blocks: readonly HashAndHeight[]): HotChain {
  const from = blocks[0]?.height ?? topOf(chain).height + 1
  return { base: chain.base, blocks: [...chain.blocks.filter(({ height }) => height < from), ...blocks] }
}

/** The chain with its blocks up to a height made final; as far as it reaches. */
export function finalizedUpTo(chain: HotChain, height: number): HotChain {
  const base = blockAt(chain, Math.min(height, topOf(chain).height))
  if (base === undefined || base.height <= chain.base.height) return chain
  return { base, blocks: chain.blocks.filter((block) => block.height > base.height) }
}
