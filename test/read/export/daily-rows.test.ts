import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DayClosing, dailyCells, statedDays } from '../../../src/core/datasets/daily-cells'
import type { SnapshotRow } from '../../../src/core/ledger'
import { history, POLICY } from '../../support/history'
import { allRows, createExportedHistory, type ExportedHistory } from './exported-history'

let exported: ExportedHistory
beforeAll(async () => {
  exported = await createExportedHistory()
})
afterAll(() => exported.close())

const closingOf = (snapshot: SnapshotRow): DayClosing => ({ ...snapshot, economy: snapshot })

test('days from the database are those from the fold, whatever the range', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(14), async (blocks, skipped) => {
      const { snapshots } = await exported.hold(blocks)
      const [oldest, newest] = [snapshots[0], snapshots.at(-1)]
      if (oldest === undefined || newest === undefined) return
      await exported.export(async (source) => {
        const range = await source.range({ fromBlock: Math.min(1 + skipped, newest.blockNumber) })
        const before = snapshots.findLast(({ blockNumber }) => blockNumber < range.fromBlock)
        const historyStart = oldest.timestamp
        const days = statedDays({ range, before: before?.timestamp, historyStart })
        const rows = await allRows(source.rows('daily', range))
        if (days === undefined) return expect(rows).toEqual([])
        const opening = snapshots.findLast(({ timestamp }) => timestamp < days.first)
        // Every snapshot of a day, not only its last one: the newest one of each counts.
        const own = snapshots.filter(
          ({ timestamp }) => timestamp >= days.first && timestamp < days.last + 86_400,
        )
        expect(rows).toEqual(
          dailyCells(days, historyStart, opening && closingOf(opening), own.map(closingOf), POLICY),
        )
      })
    }),
    { numRuns: 15 },
  )
})
