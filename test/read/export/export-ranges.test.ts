import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventBlock } from '../../../src/core/events'
import type { AskedRange } from '../../../src/read/export/export-ranges'
import { blocksOf, type Draft, HOLDERS, hashOf, history, SEED } from '../../support/history'
import { allRows, createExportedHistory, type ExportedHistory } from './exported-history'

const HOUR = 3_600
/** Midnight of 30 January 2024, UTC. */
const START = Date.UTC(2024, 0, 30) / 1_000
const [ANN, BEN] = HOLDERS as [(typeof HOLDERS)[0], (typeof HOLDERS)[0]]

let exported: ExportedHistory
beforeAll(async () => {
  exported = await createExportedHistory()
})
afterAll(() => exported.close())

/** Blocks at these hours from `START` on: the first mints, each later one with events transfers. */
function blocksAt(hours: readonly { readonly hour: number; readonly isEmpty?: boolean }[]): EventBlock[] {
  const mint: Draft = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: ANN, value: 1_000n }
  const move: Draft = { kind: 'transfer', from: ANN, to: BEN, value: 1n }
  const drafts = hours.map(({ isEmpty }, index) => (isEmpty ? [] : [index === 0 ? mint : move]))
  return blocksOf(drafts).map((block, index) => ({
    ...block,
    block: { ...block.block, timestamp: START + (hours[index]?.hour ?? 0) * HOUR },
  }))
}

const hours = (...at: number[]) => blocksAt(at.map((hour) => ({ hour })))
const ask = (asked: AskedRange) => exported.export((source) => source.range(asked))
const time = (hour: number) => START + hour * HOUR
const iso = (hour: number) => new Date(time(hour) * 1_000).toISOString().replace('.000', '')

/** Blocks 1 to 6; of block 5, which is final, nothing is known but that it has no events; block 6 is not final. */
const SOME = blocksAt([
  { hour: 10 },
  { hour: 30 },
  { hour: 50 },
  { hour: 60 },
  { hour: 70, isEmpty: true },
  { hour: 100 },
])
beforeEach(async () => {
  await exported.hold(SOME, 5)
})

test('what is left out is everything that is final', async () => {
  expect(await ask({})).toEqual({
    fromBlock: 1,
    toBlock: 4,
    toBlockHash: hashOf('block', 4),
    toTimestamp: time(60),
    digest: { before: SEED, after: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
  })
})

test('blocks are included at both ends, and the end is the newest one with events', async () => {
  expect(await ask({ fromBlock: 2, toBlock: 3 })).toMatchObject({ fromBlock: 2, toBlock: 3 })
  expect(await ask({ fromBlock: 2, toBlock: 5 })).toMatchObject({ fromBlock: 2, toBlock: 4 })
})

test('a range goes on from the digest that the one before it ends with', async () => {
  const [whole, first, rest] = [await ask({}), await ask({ toBlock: 2 }), await ask({ fromBlock: 3 })]
  expect(first.digest.before).toBe(whole.digest.before)
  expect(rest.digest).toEqual({ before: first.digest.after, after: whole.digest.after })
})

test('a range of times ends before its end, and its blocks go on from those before its beginning', async () => {
  const first = await ask({ toTime: time(30) })
  expect(first).toMatchObject({ fromBlock: 1, toBlock: 1, time: { from: time(10), to: time(30) } })
  const second = await ask({ fromTime: time(30), toTime: time(55) })
  expect(second).toMatchObject({ fromBlock: 2, toBlock: 3, time: { from: time(30), to: time(55) } })
  const third = await ask({ fromTime: time(55) })
  expect(third).toMatchObject({ fromBlock: 4, toBlock: 4, time: { from: time(55), to: time(60) } })
  expect(await ask({ fromTime: 0, toBlock: 2 })).toMatchObject({
    fromBlock: 1,
    toBlock: 2,
    time: { from: time(10), to: time(30) },
  })
})

test.each<[AskedRange, string, string]>([
  [{ toBlock: 6 }, 'E5101', 'Ask for block 5'],
  [{ toTime: time(60) + 1 }, 'E5101', `time ${iso(60)}`],
  [{ fromBlock: 5 }, 'E5102', 'longer range'],
  [{ fromTime: time(31), toTime: time(49) }, 'E5102', 'longer range'],
  [{ fromBlock: 0 }, 'E5103', 'Begin at block 1'],
  [{ toBlock: 0 }, 'E5103', 'Begin at block 1'],
  [{ toTime: time(10) }, 'E5103', 'Begin at block 1'],
  [{ fromBlock: 3, toBlock: 2 }, 'E5104', ''],
  [{ fromTime: time(3), toTime: time(3) }, 'E5104', ''],
  [{ fromBlock: 1, fromTime: time(0) }, 'E5104', ''],
  [{ toBlock: 1, toTime: time(50) }, 'E5104', ''],
  [{ fromBlock: 1.5 }, 'E5104', ''],
  [{ toTime: Number.NaN }, 'E5104', ''],
])('%o is refused', async (asked, code, mend) => {
  await expect(ask(asked)).rejects.toMatchObject({ code, mend: expect.stringContaining(mend) })
})

test('the time of the newest block counts as soon as it is final, with or without events', async () => {
  await exported.hold(SOME.slice(0, 5), 5)
  expect(await ask({ toTime: time(70) })).toMatchObject({ toBlock: 4, time: { to: time(70) } })
  await expect(ask({ toTime: time(70) + 1 })).rejects.toMatchObject({ code: 'E5101' })
  await exported.hold(SOME.slice(0, 5), 4)
  await expect(ask({ toTime: time(70) })).rejects.toMatchObject({ code: 'E5101' })
})

test('without a final block with events there is nothing to export', async () => {
  await exported.hold(SOME, 0)
  await expect(ask({})).rejects.toMatchObject({ code: 'E5100', kind: 'unavailable', retryAfterSeconds: 60 })
})

test('the database of another economy is refused', async () => {
  await exported.run("UPDATE deployment SET fingerprint = 'other'")
  await expect(ask({})).rejects.toMatchObject({ code: 'E5004' })
})

test('rows of blocks that are not final never appear, though they are there', async () => {
  const blocks = (await exported.export(async (source) => {
    const range = await source.range({})
    return allRows(source.rows('transfers', range))
  })) as readonly (readonly string[])[]
  expect(blocks.map((cells) => cells[6])).toEqual(['1', '2', '3', '4'])
})

test('months are as the calendar has them, and without a gap', async () => {
  // 30 January 10:00, 31 January 23:00, 1 February 00:00, 29 February 23:00, 2 April 00:00: none in March.
  await exported.hold(hours(10, 47, 48, 31 * 24 - 1, 63 * 24))
  await exported.export(async (source) => {
    const range = await source.range({})
    const months = await source.partitions(range, 'month')
    expect(months.map(({ month, range: { fromBlock, toBlock } }) => [month, fromBlock, toBlock])).toEqual([
      ['2024-01', 1, 2],
      ['2024-02', 3, 4],
      ['2024-04', 5, 5],
    ])
    expect(months[0]?.range.time).toEqual({ from: time(10), to: time(48) })
    expect(months[1]?.range.time).toEqual({ from: time(48), to: time(31 * 24) })
  })
})

test('the months of a range are the range, whatever the history', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(20), async (blocks, skipped) => {
      const { snapshots } = await exported.hold(blocks)
      await exported.export(async (source) => {
        const fromBlock = Math.min(1 + skipped, snapshots.at(-1)?.blockNumber ?? 1)
        const range = await source.range({ fromBlock })
        const months = await source.partitions(range, 'month')
        let [block, digest] = [range.fromBlock, range.digest.before]
        for (const { month, range: part } of months) {
          expect([part.fromBlock, part.digest.before]).toEqual([block, digest])
          const own = snapshots.filter(
            ({ blockNumber }) => blockNumber >= block && blockNumber <= part.toBlock,
          )
          expect(
            new Set(own.map(({ timestamp }) => new Date(timestamp * 1e3).toISOString().slice(0, 7))),
          ).toEqual(new Set([month]))
          block = part.toBlock + 1
          digest = part.digest.after
        }
        expect([block - 1, digest]).toEqual([range.toBlock, range.digest.after])
        expect(new Set(months.map(({ month }) => month)).size).toBe(months.length)
      })
    }),
    { numRuns: 10 },
  )
})

test('the days of the months are those of the range, but for months without a snapshot', async () => {
  await exported.hold(hours(10, 47, 48, 90, 31 * 24 - 1, 31 * 24 + 60))
  await exported.export(async (source) => {
    const range = await source.range({})
    const whole = await allRows(source.rows('daily', range))
    const parts = []
    for (const { month, range: part } of await source.partitions(range, 'month')) {
      const days = await allRows(source.rows('daily', part))
      expect(days.every(([date]) => date?.startsWith(month))).toBe(true)
      parts.push(...days)
    }
    expect(parts).toEqual(whole)
    // 30 January, where the history begins, to 2 March, the day before the last block's.
    expect([whole[0]?.[0], whole.at(-1)?.[0], whole.length]).toEqual(['2024-01-30', '2024-03-02', 33])
  })
})
