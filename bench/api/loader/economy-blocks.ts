import type { Hash } from '../../../src/core/address'
import type { EventBlock } from '../../../src/core/events'
import { createRandom, inventHash } from '../../ingest/simulator/random'
import { inventActors } from './actors'
import { act, genesis } from './acts'
import { openBlock } from './block-writer'
import { START_BLOCK } from './economy-file'
import { emptyPurses } from './purses'

/** How much happens, and when. */
export interface EconomyScript {
  /** Token transfers in all blocks, exactly so many; other events come on top. */
  readonly transfers: number
  /** Who takes part. */
  readonly accounts: number
  readonly seed: number
  /** Unix seconds of the first and of the last block. */
  readonly from: number
  readonly to: number
}

/** Most things that people do in one block, at least one: 2.7 events a block, with what comes with them. */
const MOST_ACTS = 4

/** The blocks of a made-up economy, every one with events in it: a function of the script, to the byte. */
export function* economyBlocks({
  transfers,
  accounts,
  seed,
  from,
  to,
}: EconomyScript): Generator<EventBlock> {
  const random = createRandom(seed)
  const actors = inventActors(accounts)
  const purses = emptyPurses(accounts)
  let number = START_BLOCK
  let parentHash: Hash = inventHash(seed, number - 1)
  for (let done = 0; done < transfers; number += 1) {
    const block = openBlock(seed, number, actors, purses, random)
    if (number === START_BLOCK) genesis(block)
    else {
      const wanted = 1 + random.below(MOST_ACTS)
      for (let count = 0; count < wanted && done + block.transfers < transfers; count += 1) {
        act(block, purses, random)
      }
    }
    done += block.transfers
    const timestamp = from + Math.floor(((to - from) * Math.min(done, transfers)) / transfers)
    const hash = inventHash(seed, number)
    yield { block: { number, hash, parentHash, timestamp }, events: block.events }
    parentHash = hash
  }
}
