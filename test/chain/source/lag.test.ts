import { describe, expect, test } from 'vitest'
import type { HotChain } from '../../../src/chain/source/hot-chain'
import { lagDetector, type Sight } from '../../../src/chain/source/lag'
import { hashOf } from '../../support/small-economy'

/** Blocks 10 (final) to 20, as they are indexed. */
const CHAIN: HotChain = {
  base: { height: 10, hash: hashOf(10) },
  blocks: Array.from({ length: 10 }, (_, index) => ({ height: 11 + index, hash: hashOf(11 + index) })),
}
const FORK = 1_000

/** What each sight of a head means, told at these milliseconds; the first sight of all is of the newest block. */
function told(heads: readonly (readonly [at: number, height: number, fork?: number])[]): Sight[] {
  let now = 0
  const sightOf = lagDetector(() => now)
  const see = (height: number, fork = 0): Sight => {
    const head = { number: `0x${height.toString(16)}`, hash: hashOf(height + fork) }
    return sightOf(CHAIN, head as Parameters<typeof sightOf>[1])
  }
  see(20)
  return heads.map(([at, height, fork]) => {
    now = at
    return see(height, fork)
  })
}

describe('a head', () => {
  test('that is the newest block says nothing new; another one, or a higher one, shows the way', () => {
    expect(told([[0, 20]])).toEqual(['known'])
    expect(told([[0, 20, FORK]])).toEqual(['way'])
    expect(told([[0, 21]])).toEqual(['way'])
  })

  test('that is lower is at first that of a node which lags, however often it is seen at once', () => {
    const burst = Array.from({ length: 50 }, () => [1_000, 17] as const)
    expect(new Set(told(burst))).toEqual(new Set(['nothing']))
    expect(new Set(told(burst.map(([at, height]) => [at, height, FORK])))).toEqual(new Set(['nothing']))
  })

  test('that stays lower for 15 s may be that of a chain which became shorter', () => {
    expect(told([0, 5, 10, 14.9, 15].map((seconds) => [seconds * 1_000, 17]))).toEqual([
      'nothing',
      'nothing',
      'nothing',
      'nothing',
      'shorter',
    ])
  })

  test('that stays lower for 5 s and is another block is the way', () => {
    const seen = [0, 2, 4, 5].map((seconds) => [seconds * 1_000, 17, FORK] as const)
    expect(told(seen)).toEqual(['nothing', 'nothing', 'nothing', 'way'])
  })

  test('is doubted anew after each sight of the newest block', () => {
    expect(told([...[0, 5, 10].map((s) => [s * 1_000, 17] as const), [12_000, 20], [16_000, 17]])).toEqual([
      'nothing',
      'nothing',
      'nothing',
      'known',
      'nothing',
    ])
  })

  test('below what is final says nothing, ever', () => {
    const seen = [0, 10, 20, 30, 40].map((seconds) => [seconds * 1_000, 9, FORK] as const)
    expect(new Set(told(seen))).toEqual(new Set(['nothing']))
  })

  test('that is seen first of all counts at once: nothing newer was seen before it', () => {
    const sightOf = lagDetector(() => 0)
    const head = { number: '0x11', hash: hashOf(17) }
    expect(sightOf(CHAIN, head as Parameters<typeof sightOf>[1])).toBe('shorter')
  })
})
