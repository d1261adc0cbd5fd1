import { describe, expect, it } from 'vitest'
import { arrivedOn } from '../../src/dashboard/lists/arrivals'
import { FIRST_ROWS, joined, type Page, pagesOf } from '../../src/dashboard/lists/paged'
import { fractionOf, share } from '../../src/dashboard/lists/share'
import { tabAfter } from '../../src/dashboard/lists/tab-after'
import { namesOf, rewardAsset } from '../../src/dashboard/lists/wallet-names'

interface Row {
  readonly id: string
  readonly blockNumber: number
}

/** A ledger that grows, asked page by page, newest first; its cursors are positions, as the API's are. */
function ledger(blocks: number, finalBlock: number) {
  const row = (block: number): Row => ({ id: `row ${block}`, blockNumber: block })
  const kept = { rows: Array.from({ length: blocks }, (_, block) => row(block)), finalBlock, asked: 0 }
  const ask = async ({ first, after }: Page) => {
    kept.asked += 1
    const newest = kept.rows.toSorted((a, b) => b.blockNumber - a.blockNumber)
    const left = newest.filter(({ blockNumber }) => after === undefined || blockNumber < Number(after))
    const asOf = {
      block: newest[0]?.blockNumber ?? 0,
      hash: null,
      timestamp: null,
      finalized: false,
      lagSeconds: 0,
      partial: [],
      snapshot: { block: 0, timestamp: '2026-01-01T00:00:00Z', digest: '0x' },
    }
    const edges = left.slice(0, first).map((node) => ({ node, cursor: String(node.blockNumber) }))
    const page = { asOf, edges, pageInfo: { hasNextPage: left.length > first } }
    const data = { page, sourceStatus: { chainFinalized: kept.finalBlock } }
    return { data, isStale: false }
  }
  return { kept, ask, row, load: pagesOf(ask, true) }
}

const blocksOf = (rows: readonly Row[]) => rows.map(({ blockNumber }) => blockNumber)
const downFrom = (newest: number, count: number) =>
  Array.from({ length: count }, (_, index) => newest - index)

describe('a list that is asked for page by page', () => {
  it('begins with the newest rows and gets more when they are wanted', async () => {
    const { load } = ledger(100, 50)
    const listed = await load()
    expect(blocksOf(listed.rows)).toEqual(downFrom(99, FIRST_ROWS))
    expect(listed).toMatchObject({ hasMore: true, finalBlock: 50, isStale: false })
    listed.more()
    expect(blocksOf((await load()).rows)).toEqual(downFrom(99, FIRST_ROWS + 20))
  })

  it('asks for one page where all behind it is final and known', async () => {
    const { load, kept, row } = ledger(100, 99)
    ;(await load()).more()
    await load()
    kept.asked = 0
    kept.rows.push(row(100))
    expect(blocksOf((await load()).rows)).toEqual(downFrom(100, FIRST_ROWS + 20))
    expect(kept.asked).toBe(1)
  })

  it('leaves no gap where more came than one page holds', async () => {
    const { load, kept, row } = ledger(100, 99)
    ;(await load()).more()
    await load()
    for (const block of downFrom(125, 26)) kept.rows.push(row(block))
    expect(blocksOf((await load()).rows)).toEqual(downFrom(125, FIRST_ROWS + 20))
  })

  it('forgets rows that a reorganisation took back, however deep among those that are not final', async () => {
    const { load, kept } = ledger(100, 60)
    ;(await load()).more()
    expect(blocksOf((await load()).rows)).toContain(75)
    kept.rows = kept.rows.filter(({ blockNumber }) => blockNumber !== 75)
    const { rows } = await load()
    expect(blocksOf(rows)).not.toContain(75)
    expect(rows).toHaveLength(FIRST_ROWS + 20)
  })

  it('has no more rows at its end, and none of an empty ledger', async () => {
    const whole = await ledger(FIRST_ROWS, 0).load()
    expect(whole).toMatchObject({ hasMore: false })
    expect(whole.rows).toHaveLength(FIRST_ROWS)
    expect(await ledger(0, 0).load()).toMatchObject({ rows: [], hasMore: false })
  })

  it('fails as the question does, and goes on from there', async () => {
    const { ask } = ledger(20, 0)
    let isDown = true
    const load = pagesOf((page) => (isDown ? Promise.reject(new Error('down')) : ask(page)), true)
    await expect(load()).rejects.toThrow('down')
    isDown = false
    expect((await load()).rows).toHaveLength(FIRST_ROWS)
  })
})

describe('what is known to follow rows', () => {
  const edges = (...blocks: number[]) =>
    blocks.map((block) => ({ node: { id: `row ${block}`, blockNumber: block }, cursor: `${block}` }))
  const newest = { edges: edges(9, 8), hasMore: true }
  const known = { edges: edges(8, 7, 6), hasMore: false }

  it('is joined where the last of them is final and known', () => {
    expect(joined(newest, known, 8)).toEqual({ edges: edges(9, 8, 7, 6), hasMore: false })
  })

  it('is not relied on where the last of them is not final, or not known', () => {
    expect(joined(newest, known, 7)).toBe(newest)
    expect(joined({ edges: edges(12, 11), hasMore: true }, known, 12).edges).toEqual(edges(12, 11))
  })
})

describe('rows that arrived', () => {
  const rows = ['c', 'b', 'a'].map((id) => ({ id }))

  it('are none the first time, and later those above what was there', () => {
    expect(arrivedOn(rows, undefined)).toEqual([])
    expect(arrivedOn(rows, new Set(['b', 'a']))).toEqual(['c'])
    expect(arrivedOn(rows, new Set())).toEqual(['c', 'b', 'a'])
  })

  it('are not those that were asked for below', () => {
    expect(arrivedOn(rows, new Set(['c']))).toEqual([])
  })
})

describe('a share', () => {
  it('is exact as a fraction, beyond what a number holds', () => {
    expect(fractionOf('1', '3')).toBe('0.333333333333333333')
    expect(fractionOf('1000000000000000000000000001', '1000000000000000000000000000')).toBe(
      '1.000000000000000000',
    )
  })

  it('is none of nothing, nor of what is negative because its history is partial', () => {
    expect(fractionOf('1', '0')).toBeUndefined()
    expect(fractionOf('-1', '10')).toBeUndefined()
  })

  it('is shown with three digits, cut off, and never as nothing where it is something', () => {
    expect(share('0.123456')).toBe('12.3%')
    expect(share('0.0000712999')).toBe('0.00712%')
    expect(share('0.029999')).toBe('2.99%')
    expect(share('1.000000000000000000')).toBe('100%')
    expect(share('0.000000000000000001')).toBe('< 0.0001%')
    expect(share('0.000000000000000000')).toBe('0%')
  })
})

describe('keys in a row of tabs', () => {
  it('lead round and round, and to both ends', () => {
    expect(tabAfter('burns', 'ArrowRight')).toBe('biggest')
    expect(tabAfter('stakers', 'ArrowRight')).toBe('burns')
    expect(tabAfter('burns', 'ArrowLeft')).toBe('stakers')
    expect(tabAfter('rewards', 'Home')).toBe('burns')
    expect(tabAfter('rewards', 'End')).toBe('stakers')
  })

  it('are left alone otherwise', () => {
    expect(tabAfter('burns', 'ArrowDown')).toBeUndefined()
    expect(tabAfter('burns', 'Tab')).toBeUndefined()
  })
})

describe('names of wallets', () => {
  const token = { address: '0x01', symbol: 'ASHAO', decimals: 18 }
  const stable = { address: '0x02', symbol: 'USDC', decimals: 6 }
  const economy = { treasury: ['0x03'], buyback: ['0x04'], staking: '0x05', token, stable }

  it('are what they are for, and the labels of those that do not circulate', () => {
    const names = namesOf(economy, [
      { address: '0x03', label: 'Cold wallet' },
      { address: '0x06', label: 'Team vesting' },
    ])
    expect(Object.fromEntries(names)).toEqual({
      '0x01': 'ASHAO contract',
      '0x02': 'USDC contract',
      '0x03': 'Treasury',
      '0x04': 'Buyback wallet',
      '0x05': 'Staking contract',
      '0x06': 'Team vesting',
    })
  })

  it('go with the asset that rewards are paid in', () => {
    expect(rewardAsset({ rewardToken: 'token', token, stable })).toBe(token)
    expect(rewardAsset({ rewardToken: 'stable', token, stable })).toBe(stable)
  })
})
