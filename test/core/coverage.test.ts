import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockCoverage, type CoverageRow, extendCoverage, type ReadBlock } from '../../src/core/coverage'
import { CoverageGap } from '../../src/core/history-errors'
import { hashOf } from '../support/history'

const block = (number: number, coverage?: BlockCoverage): ReadBlock => ({
  number,
  hash: hashOf('block', number),
  coverage,
})

const bloomFrom = (fromBlock: number, blocksChecked = 0): BlockCoverage => ({
  fromBlock,
  source: 'RPC',
  verification: 'BLOOM',
  blocksChecked,
})

const ways = {
  source: fc.constantFrom('RPC' as const, 'GATEWAY' as const),
  verification: fc.constantFrom('NONE' as const, 'BLOOM' as const, 'RECEIPTS' as const, 'QUORUM' as const),
}

/** Ranges that were read one after another, each with the blocks in it that have events; the last block says how. */
const ranges = fc.array(
  fc.record({
    ...ways,
    length: fc.integer({ min: 1, max: 9 }),
    checked: fc.nat(9),
    inner: fc.array(fc.nat(8)),
  }),
  { minLength: 1, maxLength: 8 },
)

function blocksRead(read: Parameters<Parameters<typeof ranges.map>[0]>[0]): ReadBlock[] {
  let from = 1
  return read.flatMap(({ source, verification, length, checked, inner }) => {
    const to = from + length - 1
    const coverage = { fromBlock: from, source, verification, blocksChecked: Math.min(checked, length) }
    const within = [...new Set(inner)].map((offset) => from + offset).filter((number) => number < to)
    from = to + 1
    return [...within.sort((one, other) => one - other).map((number) => block(number)), block(to, coverage)]
  })
}

/** Rows as they stand after some were changed or added. */
function stored(rows: readonly CoverageRow[], changes: readonly CoverageRow[]): CoverageRow[] {
  const byStart = new Map([...rows, ...changes].map((row) => [row.fromBlock, row]))
  return [...byStart.values()]
}

test('what is covered begins with the first block, ends with the last one, and has no hole', () => {
  fc.assert(
    fc.property(ranges, (read) => {
      const blocks = blocksRead(read)
      const rows = extendCoverage(undefined, 1, blocks)
      const last = blocks.at(-1)
      expect(rows[0]?.fromBlock).toBe(1)
      expect(rows.at(-1)).toMatchObject({ toBlock: last?.number, toHash: last?.hash })
      for (const [index, row] of rows.slice(1).entries()) {
        const before = rows[index]
        expect(row.fromBlock).toBe((before?.toBlock ?? 0) + 1)
        expect([row.source, row.verification]).not.toEqual([before?.source, before?.verification])
      }
      const checked = (all: readonly { blocksChecked: number }[]) =>
        all.reduce((total, { blocksChecked }) => total + blocksChecked, 0)
      expect(checked(rows)).toBe(checked(blocks.flatMap(({ coverage }) => coverage ?? [])))
    }),
  )
})

test('ranges that are added one by one give the rows of all at once', () => {
  fc.assert(
    fc.property(ranges, (read) => {
      const blocks = blocksRead(read)
      let rows: CoverageRow[] = []
      let batch: ReadBlock[] = []
      for (const each of blocks) {
        batch.push(each)
        if (each.coverage === undefined) continue
        rows = stored(rows, extendCoverage(rows.at(-1), (rows.at(-1)?.toBlock ?? 0) + 1, batch))
        batch = []
      }
      expect(rows).toEqual(extendCoverage(undefined, 1, blocks))
    }),
  )
})

describe('blocks that do not say how they were read', () => {
  const archived = { source: 'GATEWAY', verification: 'NONE', blocksChecked: 0 }

  test('were read by the archive client, all of them up to the last', () => {
    const rows = extendCoverage(undefined, 5, [block(7), block(9)])
    expect(rows).toEqual([{ fromBlock: 5, toBlock: 9, toHash: hashOf('block', 9), ...archived }])
  })

  test('belong to the one after them that says it for them', () => {
    const rows = extendCoverage(undefined, 5, [block(7), block(9, bloomFrom(5, 5))])
    expect(rows).toMatchObject([{ fromBlock: 5, toBlock: 9, source: 'RPC', blocksChecked: 5 }])
  })

  test('come before a node that goes on from them', () => {
    const rows = extendCoverage(undefined, 5, [block(7), block(9), block(11), block(14, bloomFrom(10))])
    expect(rows).toMatchObject([
      { fromBlock: 5, toBlock: 9, ...archived },
      { fromBlock: 10, toBlock: 14, source: 'RPC' },
    ])
  })
})

test('what was read twice counts once', () => {
  const last = { ...bloomFrom(1, 10), toBlock: 10, toHash: hashOf('block', 10) }
  const rows = extendCoverage(last, 11, [block(8), block(12, bloomFrom(6, 7))])
  expect(rows).toMatchObject([{ fromBlock: 1, toBlock: 12, blocksChecked: 12 }])
})

test('a hole is refused, and named', () => {
  const blocks = [block(7), block(12, bloomFrom(10))]
  const refused = () => extendCoverage(undefined, 5, blocks)
  expect(refused).toThrow(CoverageGap)
  expect(refused).toThrow(/Blocks 8 to 9/)
})
