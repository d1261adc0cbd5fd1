import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sample } from '../support/ground-truth'
import { type IndexedChain, indexedChain } from '../support/indexed-chain'
import type { Product } from '../support/product'

const SEED = 7
const DEEPEST = 20

describe('a chain that reorganises at its head', () => {
  let chain: IndexedChain
  let indexer: Product

  beforeAll(async () => {
    // A short history: beyond some 500 blocks the node forgets its state when it reorganises deeper than ten.
    chain = await indexedChain(20, SEED)
    indexer = chain.run('indexer')
    await chain.run('api').printed(/serving on/)
  })
  afterAll(() => chain.close())

  test(`reorgs of depth 1 to ${DEEPEST} are followed exactly`, { timeout: 240_000 }, async () => {
    await chain.reachesHead()
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      await chain.stirring.mineEventful(depth)
      const replaced = await chain.reachesHead()
      await chain.stirring.reorganise(depth)
      await chain.stirring.mineEventful(1)
      const head = await chain.reachesHead()
      expect(head, `depth ${depth}`).toBe(replaced + 1)
      await chain.equalsChain([head, head - depth], 8)
    }
    const forks = indexer.output().match(/navigating a fork/g) ?? []
    expect(forks.length).toBeGreaterThanOrEqual(DEEPEST)
  })

  test('afterwards, 50 random past blocks equal the chain', { timeout: 120_000 }, async () => {
    const { number: head } = await chain.stirring.head()
    const blocks = Array.from(
      { length: head - chain.truth.firstBlock + 1 },
      (_, n) => chain.truth.firstBlock + n,
    )
    await chain.equalsChain(sample(blocks, 50, SEED), 20)
  })

  test('and every row, the digest among them, is that of an undisturbed run', { timeout: 120_000 }, () =>
    chain.equalsUndisturbedRun(),
  )
})
