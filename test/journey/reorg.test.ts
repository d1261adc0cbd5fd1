import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../support/api-figures'
import type { Happenings } from '../support/ground-truth'
import { type IndexedChain, indexedChain, type Kept } from '../support/indexed-chain'
import { sample } from '../support/sample'

const SEED = 7
const DEEPEST = 20
/** How many blocks the chain loses where it comes back shorter. */
const SHRINKAGE = 5

describe('a chain that reorganises at its head', () => {
  let chain: IndexedChain
  let indexer: Kept
  /** Every block that was given up, by its number. */
  const givenUp = new Map<number, { hash: string; timestamp: string }>()

  const blockAt = async (number: number) => {
    const { hash, timestamp } = await chain.truth.client.getBlock({ blockNumber: BigInt(number) })
    return { hash, timestamp: new Date(Number(timestamp) * 1000).toISOString().replace('.000', '') }
  }

  beforeAll(async () => {
    // A short history: beyond some 500 blocks the node forgets its state when it reorganises deeper than ten.
    chain = await indexedChain(20, SEED)
    indexer = chain.keepIndexing()
    await chain.run('api').printed(/serving on/)
  })
  afterAll(() => chain.close())

  test(`reorgs of depth 1 to ${DEEPEST} are followed exactly`, { timeout: 240_000 }, async () => {
    await chain.reachesHead()
    const [gone, come]: [Happenings[], Happenings[]] = [[], []]
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      await chain.stirring.mineEventful(depth)
      const replaced = await chain.reachesHead()
      gone.push(await chain.truth.happenings(replaced - depth + 1, replaced))
      for (let number = replaced - depth + 1; number <= replaced; number += 1) {
        givenUp.set(number, await blockAt(number))
      }
      await chain.stirring.reorganise(depth)
      come.push(await chain.truth.happenings(replaced - depth + 1, replaced))
      await chain.stirring.mineEventful(1)
      const head = await chain.reachesHead()
      expect(head, `depth ${depth}`).toBe(replaced + 1)
      await chain.equalsChain([head, head - depth], 8)
    }
    const forks = indexer.output().match(/navigating a fork/g) ?? []
    expect(forks.length).toBeGreaterThanOrEqual(DEEPEST)
    // What was equal changed within the reorganised blocks, or the equality would say nothing.
    for (const happenings of [gone, come])
      for (const [what, count] of Object.entries(sum(happenings))) expect(count, what).toBeGreaterThan(4)
    expect(come).not.toEqual(gone)
  })

  test('every row that was taken back is kept, with the block that it was of and the one that took its place', {
    timeout: 60_000,
  }, async () => {
    const corrections: Correction[] = []
    for (let after = ''; ; ) {
      const { corrections: page } = await ask<{ corrections: Correction[] }>(
        chain.apiUrl,
        `{ corrections(first: 1000, where: { id_gt: "${after}" }, orderDirection: asc) {
             id blockNumber blockHash blockTimestamp replacementHash replacementTimestamp } }`,
      )
      if (page.length === 0) break
      corrections.push(...page)
      after = page.at(-1)?.id ?? after
    }
    // A block whose calls all failed has no rows that could be taken back.
    const heights = new Set(corrections.map(({ blockNumber }) => blockNumber))
    expect(heights.size).toBeGreaterThan(0.9 * givenUp.size)
    // No height was given up twice, so that what took its place is there still.
    const now = new Map(
      await Promise.all([...givenUp.keys()].map(async (number) => [number, await blockAt(number)] as const)),
    )
    for (const { blockNumber, ...correction } of corrections) {
      const [before, after] = [givenUp.get(blockNumber), now.get(blockNumber)]
      expect(correction).toMatchObject({
        blockHash: before?.hash,
        blockTimestamp: before?.timestamp,
        replacementHash: after?.hash,
        replacementTimestamp: after?.timestamp,
      })
    }
  })

  test(`a chain that is ${SHRINKAGE} blocks shorter when the indexer starts again is followed at once`, {
    timeout: 120_000,
  }, async () => {
    await chain.stirring.mineEventful(SHRINKAGE + 2)
    const before = await chain.reachesHead()
    await indexer.stop('SIGKILL')
    await chain.stirring.shrink(SHRINKAGE)
    indexer = chain.keepIndexing()
    const head = await chain.reachesHead()
    expect(head).toBe(before - SHRINKAGE)
    await chain.equalsChain([head, head - 1], 8)
    await goesOn(head)
  })

  test(`a chain that gets ${SHRINKAGE} blocks shorter is followed by the running indexer, in its time`, {
    timeout: 120_000,
  }, async () => {
    await chain.stirring.mineEventful(SHRINKAGE + 2)
    // Indexed by this very process: it is past its start, and goes by what it sees at the head.
    const before = await chain.reachesHead()
    await chain.stirring.shrink(SHRINKAGE)
    const head = await chain.reachesHead()
    expect(head).toBe(before - SHRINKAGE)
    await goesOn(head)
  })

  /** Mines other blocks where some were taken away, and beyond, and compares them. */
  async function goesOn(from: number): Promise<void> {
    await chain.stirring.mineEventful(SHRINKAGE + 3)
    const head = await chain.reachesHead()
    expect(head).toBe(from + SHRINKAGE + 3)
    const blocks = Array.from({ length: SHRINKAGE + 4 }, (_, n) => from + n)
    await chain.equalsChain(blocks, 8)
  }

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

interface Correction {
  readonly id: string
  readonly blockNumber: number
  readonly blockHash: string
  readonly blockTimestamp: string
  readonly replacementHash: string | null
  readonly replacementTimestamp: string | null
}

function sum(happenings: readonly Happenings[]): Partial<Happenings> {
  const total: Partial<Happenings> = {}
  for (const each of happenings)
    for (const [what, count] of Object.entries(each) as [keyof Happenings, number][])
      total[what] = (total[what] ?? 0) + count
  return total
}
