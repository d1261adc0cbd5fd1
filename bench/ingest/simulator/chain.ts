import { type BlockStore, createBlockStore } from './block-store'
import { type Cast, createCast } from './cast'
import { type ChainOptions, chainOptions } from './chain-options'
import { economyFile } from './economy-file'
import { bookEntry, emptyPurses, type Purses, scriptBlock } from './economy-script'
import { createRandom } from './random'
import { type ChainEvent, eventsOf, type Truth, truthOf } from './truth'

/** A chain that an economy lives on, and what is true of it. */
export interface SimulatedChain {
  readonly options: ChainOptions
  readonly cast: Cast
  readonly store: BlockStore
  head(): number
  finalized(): number
  /** Adds blocks, with so many events in all of them. */
  advance(blocks: number, change?: { readonly events?: number }): void
  /** Replaces the last `depth` blocks by `blocks` others (as many if unset, 0 for a chain that got shorter). */
  reorg(depth: number, change?: { readonly blocks?: number; readonly events?: number }): void
  /** Says which block is finalized from now on; undefined: that which is `finality` below the head, or was before. */
  setFinalized(number: number | undefined): void
  /** Calls back for each block that becomes part of the chain. @returns what ends that */
  onBlock(listener: (number: number) => void): () => void
  /** Events of the economy in these blocks, in chain order. */
  events(from: number, to: number): ChainEvent[]
  truth(): Truth
  truthAt(number: number): Truth
  /** Text of the economy file that describes this chain. */
  economyFile(): string
}

/** Builds a chain: equal options give equal bytes. */
export function buildChain(given: Partial<ChainOptions> = {}): SimulatedChain {
  const options = chainOptions(given)
  const { seed } = options
  const cast = createCast(seed, options.accounts)
  const store = createBlockStore(cast, options)
  let purses = emptyPurses(cast)
  let fork = 0
  let pinned: number | undefined
  let finalized = 0
  let truth: Truth | undefined
  const listeners = new Set<(number: number) => void>()

  const settle = (): void => {
    truth = undefined
    finalized = pinned ?? Math.max(Math.min(finalized, store.head()), store.head() - options.finality)
  }
  const append = (quota: number): void => {
    const number = store.head() + 1
    const random = createRandom(seed, fork, number, 5)
    // Some logs of the same contracts are none of the economy's business.
    const passing = number > 0 && random.chance(Math.min(options.noise / 40, 1)) ? 1 : 0
    store.append(scriptBlock(purses, cast, random, quota, passing), fork)
  }
  const announce = (from: number): void => {
    for (let number = from; number <= store.head(); number += 1) {
      for (const listener of listeners) listener(number)
    }
  }
  const extend = (blocks: number, events: number): void => {
    const from = store.head() + 1
    const quotas = new Array<number>(blocks).fill(0)
    const random = createRandom(seed, fork, from, 6)
    for (let event = 0; event < events && blocks > 0; event += 1) {
      const block = random.below(blocks)
      quotas[block] = (quotas[block] ?? 0) + 1
    }
    for (const quota of quotas) append(quota)
    settle()
    announce(from)
  }
  const usual = (blocks: number): number => Math.round((options.events / options.blocks) * blocks)

  append(0)
  for (const quota of firstQuotas(options)) append(quota)
  settle()

  return {
    options,
    cast,
    store,
    head: () => store.head(),
    finalized: () => finalized,
    advance: (blocks, { events = usual(blocks) } = {}) => extend(blocks, events),
    reorg(depth, { blocks = depth, events = usual(blocks) } = {}) {
      const kept = store.head() - depth
      // The first event mints: without it, there is no economy.
      if (depth < 1 || kept < 1)
        throw new RangeError(`a chain of ${store.head()} blocks cannot lose ${depth}`)
      store.truncate(kept)
      purses = pursesAfter(cast, store)
      fork += 1
      extend(blocks, events)
    },
    setFinalized(number) {
      pinned = number
      settle()
    },
    onBlock(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    events: (from, to) => eventsOf(cast, store, from, to),
    truth: () => {
      truth ??= truthOf(cast, store, store.head())
      return truth
    },
    truthAt: (number) => truthOf(cast, store, number),
    economyFile: () => economyFile(cast, options),
  }
}

/** How many events each block from 1 on has; they add up exactly, and block 1 has the mint. */
function firstQuotas({ blocks, events, active, seed }: ChainOptions): number[] {
  const random = createRandom(seed, 7)
  const quotas = new Array<number>(blocks).fill(0)
  const chosen = quotas.flatMap((_, index) => (index === 0 || random.chance(active) ? [index] : []))
  quotas[0] = 1
  for (let event = 1; event < events; event += 1) {
    const block = chosen[random.below(chosen.length)] ?? 0
    quotas[block] = (quotas[block] ?? 0) + 1
  }
  return quotas
}

function pursesAfter(cast: Cast, { entries }: BlockStore): Purses {
  const purses = emptyPurses(cast)
  entries.kind.forEach((kind, index) => {
    const first = entries.first[index] ?? 0
    const second = entries.second[index] ?? 0
    bookEntry(purses, { kind, first, second, value: entries.value[index] ?? 0n })
  })
  return purses
}
