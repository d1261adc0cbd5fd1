import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headTable, quantile } from '../../bench/ingest/head/head-table'
import type { HeadMeasurement } from '../../bench/ingest/head/measure-head'

describe('a quantile', () => {
  test('is one of the values: at least that share of them does not exceed it, and no smaller one will do', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 })
    const shares = fc.constantFrom(0.05, 0.5, 0.95, 1)
    fc.assert(
      fc.property(values, shares, (all, share) => {
        const found = quantile(all, share)
        const upTo = (limit: number) => all.filter((value) => value <= limit).length / all.length
        expect(all).toContain(found)
        expect(upTo(found)).toBeGreaterThanOrEqual(share)
        expect(upTo(found - 1)).toBeLessThan(share)
      }),
    )
  })
})

describe('the table of a head', () => {
  const measured: HeadMeasurement = {
    transport: 'ws',
    blocks: [20, 30, 900],
    reorgs: [1_000, 2_000, 3_000],
    differences: [],
  }
  const rows = (measurement: HeadMeasurement): string[] => headTable([measurement], 500).split('\n').slice(2)

  test('holds the median against what is demanded', () => {
    expect(rows(measured)).toEqual([
      '| a block, ws | 3 | 30 | 900 | 900 | under 100 | yes |',
      '| 64 blocks replaced, ws | 3 | 2000 | 3000 | 3000 | **not** under 2000 | yes |',
    ])
  })

  test('demands of HTTP the interval and as much as of WebSocket', () => {
    const polled = { ...measured, transport: 'http', blocks: [599.9] } as const
    expect(rows(polled)[0]).toContain('| under 600 |')
    expect(rows({ ...polled, blocks: [600] })[0]).toContain('| **not** under 600 |')
  })

  test('says where a figure was wrong', () => {
    for (const row of rows({ ...measured, differences: ['an event differs'] }))
      expect(row).toContain('| **no** |')
  })
})
