import { type DayClosing, dailyCells, statedDays } from '../core/datasets/daily-cells'
import type { ExportRange } from '../core/datasets/export-range'
import type { SnapshotRow } from '../core/ledger'
import type { Policy } from '../core/policy'
import { intervalStart } from '../core/series'
import type { RowSource } from './row-source'

type DailyRange = Pick<ExportRange, 'fromBlock' | 'toBlock' | 'time'>

/** The days of a range. One snapshot is kept for each day of the history, since days in which nothing happened repeat it. */
export function dailyRows(range: DailyRange, policy: Policy): RowSource {
  const closings: DayClosing[] = []
  let historyStart: number | undefined
  let before: number | undefined
  let toTimestamp = 0
  const take = (snapshot: SnapshotRow): void => {
    const { blockNumber, timestamp, hash } = snapshot
    historyStart ??= timestamp
    if (blockNumber < range.fromBlock) before = timestamp
    toTimestamp = timestamp
    const last = closings.at(-1)
    if (last !== undefined && dayOf(last.timestamp) === dayOf(timestamp)) closings.pop()
    closings.push({ economy: snapshot, timestamp, blockNumber, hash })
  }
  return {
    add({ ledger }) {
      for (const snapshot of ledger.snapshots) if (snapshot.blockNumber <= range.toBlock) take(snapshot)
      return []
    },
    finish() {
      if (historyStart === undefined) return []
      const time = range.time === undefined ? {} : { time: range.time }
      const days = statedDays({ range: { toTimestamp, ...time }, before, historyStart })
      if (days === undefined) return []
      const opening = closings.findLast(({ timestamp }) => timestamp < days.first)
      const ofDays = closings.filter(({ timestamp }) => timestamp >= days.first)
      return dailyCells(days, historyStart, opening, ofDays, policy)
    },
  }
}

function dayOf(timestamp: number): number {
  return intervalStart('DAY', timestamp)
}
