import type { Store } from '@subsquid/typeorm-store'
import { In } from 'typeorm'
import type { EventBlock } from '../core/events'
import { Head, Snapshot } from '../model'
import { BlockConflict } from './errors'

/**
 * Leaves out the blocks that are in the index already, so that a batch that is handed over twice counts once.
 * @throws BlockConflict (E4005) if one of them is known by another hash.
 */
export async function skipIndexed(store: Store, blocks: readonly EventBlock[]): Promise<EventBlock[]> {
  const head = await store.get(Head, 'head')
  if (head === undefined) return [...blocks]
  const indexed = blocks.filter(({ block }) => block.number <= head.blockNumber)
  if (indexed.length > 0) {
    const numbers = indexed.map(({ block }) => block.number)
    const known = new Map([[head.blockNumber, head.hash]])
    for (const snapshot of await store.findBy(Snapshot, { blockNumber: In(numbers) })) {
      known.set(snapshot.blockNumber, snapshot.hash)
    }
    for (const { block } of indexed) {
      const hash = known.get(block.number)
      if (hash !== undefined && hash !== block.hash) {
        throw new BlockConflict({ block: block.number, indexed: hash, given: block.hash })
      }
    }
  }
  return blocks.filter(({ block }) => block.number > head.blockNumber)
}
