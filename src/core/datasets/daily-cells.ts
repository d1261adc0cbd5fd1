import type { Hash } from '../address'
import { isUnknown } from '../known'
import type { Policy } from '../policy'
import { intervalEnd, intervalStart } from '../series'
import { type Closing, type SeriesPoint, seriesPoints } from '../series-points'
import { DAILY_COLUMNS, DAILY_FIGURES } from './daily-columns'
import type { Cells } from './dataset'
import type { ExportRange } from './export-range'
import { spellCell } from './spell-cell'

/** The last snapshot of a day. */
export interface DayClosing extends Closing {
  readonly hash: Hash
}

/** Starts of the first and of the last of some days, in unix seconds. */
export interface Days {
  readonly first: number
  readonly last: number
}

/** What decides which days a range states. */
export interface DayBounds {
  readonly range: Pick<ExportRange, 'toTimestamp' | 'time'>
  /** Time of the newest snapshot before the range; undefined where the history begins in it. */
  readonly before: number | undefined
  /** Time of the first snapshot of the history. */
  readonly historyStart: number
}

/**
 * The days that a range states: those that lie within it from beginning to end. A day that the range begins in is left out,
 * since what happened in it before is not in the range, unless the history begins in that day; and so is the day that it ends in.
 * @returns undefined if there is none
 */
export function statedDays({ range, before, historyStart }: DayBounds): Days | undefined {
  const from = range.time?.from ?? (before === undefined ? historyStart : before + 1)
  const to = range.time?.to ?? range.toTimestamp
  const beginsWithHistory = before === undefined && from <= historyStart
  const start = intervalStart('DAY', beginsWithHistory ? historyStart : from)
  const first = beginsWithHistory || start === from ? start : intervalEnd('DAY', start)
  const last = intervalStart('DAY', intervalStart('DAY', to) - 1)
  return first <= last ? { first, last } : undefined
}

/**
 * A row for each of some days, those without events among them.
 * @param before the newest snapshot before the first day; undefined where the history begins in it
 * @param closings of the days that have snapshots, ascending
 */
export function dailyCells(
  { first, last }: Days,
  historyStart: number,
  before: DayClosing | undefined,
  closings: readonly DayClosing[],
  policy: Policy,
): Cells[] {
  const bounds = { interval: 'DAY', first, last, historyStart, instant: intervalEnd('DAY', last) } as const
  const hashes = new Map(closings.map(({ blockNumber, hash }) => [blockNumber, hash]))
  if (before !== undefined) hashes.set(before.blockNumber, before.hash)
  let openingBlock = before?.blockNumber ?? null
  return seriesPoints(bounds, before, closings, policy).map((point) => {
    const cells = dayCells(point, openingBlock, hashes, policy)
    openingBlock = point.closingBlock
    return cells
  })
}

function dayCells(
  point: SeriesPoint,
  openingBlock: number | null,
  hashes: ReadonlyMap<number, Hash>,
  policy: Policy,
): Cells {
  const { start, closingBlock, closing } = point
  const figures = DAILY_FIGURES.map(({ value }) => {
    const figure = value(point, policy)
    return isUnknown(figure) ? null : figure
  })
  const values = [start, openingBlock, closingBlock, hashes.get(closingBlock), closing.timestamp, ...figures]
  return DAILY_COLUMNS.map(({ kind, name, isNullable }, index) => {
    const value = values[index]
    if (value === undefined || (value === null && !isNullable)) {
      throw new TypeError(`a day has no value for column ${name}`)
    }
    return spellCell(value, kind)
  })
}
