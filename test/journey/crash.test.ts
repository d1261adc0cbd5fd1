import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IndexedChain, indexedChain } from '../support/indexed-chain'
import { sample } from '../support/sample'

const KILLS = 6
const SEED = 20_261_121
/** The local chain's finality: blocks above this depth are written as unfinalized. */
const CONFIRMATIONS = 64

describe('an indexer that is killed while it catches up', () => {
  let chain: IndexedChain

  beforeAll(async () => {
    chain = await indexedChain(90, SEED)
  })
  afterAll(() => chain.close())

  test(`${KILLS} kills at random moments lose and repeat nothing`, { timeout: 180_000 }, async () => {
    const { number: head } = await chain.stirring.head()
    const heights: number[] = []
    while (heights.length < KILLS) {
      const victim = chain.run('indexer')
      await victim.printed(/processing blocks from/)
      // A moment of the backfill, not an awaited event: when it strikes is the point of the test.
      await sleep(Math.floor(chain.random() * 400))
      await victim.stop('SIGKILL')
      heights.push(await chain.indexedHeight())
    }
    expect([...heights].sort((a, b) => a - b)).toEqual(heights)
    expect(heights.at(-1), `heights at the kills: ${heights}`).toBeGreaterThan(0)
    expect(heights.at(-1), `heights at the kills: ${heights}`).toBeLessThan(head - CONFIRMATIONS)

    chain.keepIndexing()
    const api = chain.run('api')
    await chain.reachesHead()
    await api.printed(/serving on/)
    const blocks = Array.from(
      { length: head - chain.truth.firstBlock + 1 },
      (_, n) => chain.truth.firstBlock + n,
    )
    await chain.equalsChain([...sample(blocks, 50, SEED), head], 20)
    await chain.equalsUndisturbedRun()
  })
})
