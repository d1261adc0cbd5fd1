import type { ExportRange } from '../../core/datasets/export-range'
import { isoOf } from '../../core/iso-time'
import { intervalEnd, intervalStart } from '../../core/series'
import type { RunQuery } from '../row'
import { RangeBeforeHistory, RangeContradictory, RangeEmpty, RangeNotFinal } from './errors'
import type { ExportHistory } from './export-history'
import { type SnapshotMark, snapshotMark } from './snapshot-marks'

/** What is asked for: blocks from one to another, both included, or times in unix seconds, [fromTime, toTime). */
export interface AskedRange {
  readonly fromBlock?: number | undefined
  readonly toBlock?: number | undefined
  readonly fromTime?: number | undefined
  readonly toTime?: number | undefined
}

/** A UTC month of a range, `YYYY-MM`. */
export interface MonthPartition {
  readonly month: string
  readonly range: ExportRange
}

/**
 * The range that was asked for, as far as it has events. Ranges of times that follow each other have blocks that do, too.
 * @throws RangeNotFinal (E5101), RangeEmpty (E5102), RangeBeforeHistory (E5103), RangeContradictory (E5104)
 */
export async function exportRange(
  query: RunQuery,
  history: ExportHistory,
  asked: AskedRange,
): Promise<ExportRange> {
  checkAsked(asked)
  const { frame, newest } = history
  const { fromTime, toTime } = asked
  const last = await lastSnapshot(query, history, asked)
  const fromBlock =
    asked.fromBlock ?? (fromTime === undefined ? frame.firstBlock : await blockAt(query, history, fromTime))
  if (fromBlock < frame.firstBlock) throw beforeHistory(history, fromBlock)
  if (last.blockNumber < fromBlock) {
    throw new RangeEmpty({
      from: fromTime === undefined ? fromBlock : isoOf(fromTime),
      to: asked.toBlock ?? (toTime && isoOf(toTime)) ?? newest.blockNumber,
    })
  }
  const before = await snapshotMark(query, 'upTo', fromBlock - 1)
  const range = rangeTo(last, fromBlock, before?.digest ?? history.seed)
  if (fromTime === undefined && toTime === undefined) return range
  const opening = timeAfter(history, before)
  const from = fromTime === undefined ? opening : Math.max(fromTime, frame.firstTimestamp)
  return { ...range, time: { from, to: toTime ?? last.timestamp } }
}

/**
 * The UTC months of a range in which there are snapshots, ascending: each goes on from the block after the one before it, so
 * that together they are the range.
 */
export async function monthPartitions(
  query: RunQuery,
  history: ExportHistory,
  range: ExportRange,
): Promise<MonthPartition[]> {
  const partitions: MonthPartition[] = []
  const before = await snapshotMark(query, 'upTo', range.fromBlock - 1)
  const time = range.time ?? { from: timeAfter(history, before), to: range.toTimestamp }
  let digest = range.digest.before
  let fromBlock = range.fromBlock
  for (;;) {
    const first = await snapshotMark(query, 'after', fromBlock - 1)
    if (first === undefined || first.blockNumber > range.toBlock) return partitions
    const start = intervalStart('MONTH', first.timestamp)
    const end = intervalEnd('MONTH', start)
    const newest = await snapshotMark(query, 'beforeTime', end)
    if (newest === undefined) throw new TypeError('a snapshot is gone within one transaction')
    const last = newest.blockNumber <= range.toBlock ? newest : endOf(range)
    partitions.push({
      month: isoOf(start).slice(0, 7),
      range: {
        ...rangeTo(last, fromBlock, digest),
        time: { from: Math.max(start, time.from), to: Math.min(end, time.to) },
      },
    })
    digest = last.digest
    fromBlock = last.blockNumber + 1
  }
}

/** The newest snapshot that the range may end at. */
async function lastSnapshot(
  query: RunQuery,
  history: ExportHistory,
  { toBlock, toTime }: AskedRange,
): Promise<SnapshotMark> {
  const { finalBlock, finalTime, newest } = history
  if (toBlock === undefined && toTime === undefined) return newest
  const asked = toBlock ?? isoOf(toTime ?? 0)
  // Until a final block at or after a time is known, events may still come before it.
  if (toBlock === undefined ? (toTime ?? 0) > finalTime : toBlock > finalBlock) {
    throw new RangeNotFinal({ asked, newestBlock: finalBlock, newestTime: isoOf(finalTime) })
  }
  const last =
    toBlock === undefined
      ? await snapshotMark(query, 'beforeTime', toTime ?? 0)
      : await snapshotMark(query, 'upTo', toBlock)
  if (last === undefined) throw beforeHistory(history, asked)
  return last
}

/** The first block after all that have events before a time. */
async function blockAt(query: RunQuery, { frame }: ExportHistory, time: number): Promise<number> {
  const before = await snapshotMark(query, 'beforeTime', time)
  return before === undefined ? frame.firstBlock : before.blockNumber + 1
}

/** From when on a range has everything that goes on after a snapshot, in unix seconds. */
function timeAfter({ frame }: ExportHistory, before: SnapshotMark | undefined): number {
  return before === undefined ? frame.firstTimestamp : before.timestamp + 1
}

function rangeTo(
  last: SnapshotMark,
  fromBlock: number,
  before: ExportRange['digest']['before'],
): ExportRange {
  return {
    fromBlock,
    toBlock: last.blockNumber,
    toBlockHash: last.hash,
    toTimestamp: last.timestamp,
    digest: { before, after: last.digest },
  }
}

function endOf({ toBlock, toBlockHash, toTimestamp, digest }: ExportRange): SnapshotMark {
  return { blockNumber: toBlock, hash: toBlockHash, timestamp: toTimestamp, digest: digest.after }
}

function beforeHistory({ frame }: ExportHistory, asked: number | string): RangeBeforeHistory {
  const { firstBlock, firstTimestamp } = frame
  return new RangeBeforeHistory({ asked, firstBlock, firstTime: isoOf(firstTimestamp) })
}

function checkAsked({ fromBlock, toBlock, fromTime, toTime }: AskedRange): void {
  for (const [name, value] of Object.entries({ fromBlock, toBlock, fromTime, toTime })) {
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
      throw new RangeContradictory({ problem: `${name} is ${value}, which is no whole number from 0 on` })
    }
  }
  if (fromBlock !== undefined && fromTime !== undefined) {
    throw new RangeContradictory({ problem: 'its beginning is named by block and by time' })
  }
  if (toBlock !== undefined && toTime !== undefined) {
    throw new RangeContradictory({ problem: 'its end is named by block and by time' })
  }
  if (fromBlock !== undefined && toBlock !== undefined && fromBlock > toBlock) {
    throw new RangeContradictory({
      problem: `it begins at block ${fromBlock} and ends before, at ${toBlock}`,
    })
  }
  if (fromTime !== undefined && toTime !== undefined && fromTime >= toTime) {
    const problem = `it begins at ${isoOf(fromTime)} and ends at ${isoOf(toTime)}`
    throw new RangeContradictory({ problem })
  }
}
