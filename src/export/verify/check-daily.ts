import { dailyCells, statedDays } from '../../core/datasets/daily-cells'
import type { Cells } from '../../core/datasets/dataset'
import { DAILY_COLUMNS } from '../../core/datasets/datasets'
import { isoOf } from '../../core/iso-time'
import { intervalStart } from '../../core/series'
import type { Manifest } from '../manifest'
import type { Findings } from './finding'
import type { Run } from './keep-closings'
import { secondsOf } from './ledger-row'
import { addAt, amountAt, cellAt, positions, type Row } from './row'
import { beginsHistory, type Rules } from './rules'

const DAY = 86_400
const DAILY = positions('daily', ['date', 'opening_block', 'closing_block', 'closing_block_timestamp'])

/** What a day added, and the figure that it was added to. */
const GROWTH = [
  ['day_minted', 'minted'],
  ['day_destroyed', 'destroyed'],
  ['day_burned', 'cumulative_burn'],
  ['day_revenue', 'treasury_revenue'],
  ['day_internal_inflow', 'treasury_internal_inflow'],
  ['day_buyback_spent', 'treasury_outflow_buyback'],
  ['day_rewards_funded', 'treasury_outflow_rewards'],
  ['day_other_outflow', 'treasury_outflow_other'],
  ['day_rewards_paid', 'rewards_paid'],
] as const
const FIGURES = positions('daily', GROWTH.flat())

/** Daily figures by themselves: a row for every day, and what a day adds is the difference of two closings. */
export function checkDays(rows: readonly Row[], manifest: Manifest, findings: Findings): void {
  const told = (row: Row, column: string, problem: string): void =>
    addAt(findings, 'running', row, column, problem)
  for (const [index, row] of rows.entries()) {
    const start = startOf(row)
    const closed = secondsOf(cellAt(row, DAILY.closing_block_timestamp))
    if (closed >= start + DAY) told(row, 'closing_block_timestamp', 'is after the day')
    const before = rows[index - 1]
    if (before === undefined) continue
    const expected = dayText(startOf(before) + DAY)
    if (cellAt(row, DAILY.date) !== expected) {
      const problem = `is ${cellAt(row, DAILY.date)}, and the day after the row before is ${expected}`
      addAt(findings, 'order', row, 'date', problem)
      continue
    }
    if (row.cells[DAILY.opening_block] !== before.cells[DAILY.closing_block]) {
      const closing = before.cells[DAILY.closing_block]
      told(
        row,
        'opening_block',
        `is ${row.cells[DAILY.opening_block]}, and the day before closed with ${closing}`,
      )
    }
    for (const [added, figure] of GROWTH) {
      const [grown, now, then] = [
        amountAt(row, FIGURES[added]),
        amountAt(row, FIGURES[figure]),
        amountAt(before, FIGURES[figure]),
      ]
      if (grown === null || now === null || then === null || now - then === grown) continue
      told(row, added, `is ${grown}, and ${figure} grew by ${now - then}`)
    }
  }
  const last = rows.at(-1)
  const end = manifest.time?.to ?? manifest.toBlockTimestamp
  const newest = dayText(intervalStart('DAY', secondsOf(end)) - DAY)
  if (last !== undefined && cellAt(last, DAILY.date) !== newest) {
    addAt(
      findings,
      'order',
      last,
      'date',
      `is the last day, and the last whole day before ${end} is ${newest}`,
    )
  }
}

/**
 * Daily figures anew from snapshots.
 * @returns whether they could be: from the second day on they need the snapshots of the range, for the first the one before it
 */
export function checkDaysBySnapshots(
  rows: readonly Row[],
  manifest: Manifest,
  runs: readonly Run[],
  rules: Rules,
  findings: Findings,
): boolean {
  const run = runs.find(({ days, toBlock, isFromStart }) => {
    const first = days[0]?.blockNumber ?? Number.POSITIVE_INFINITY
    return toBlock >= manifest.toBlock && (isFromStart || first <= manifest.toBlock)
  })
  if (run !== undefined) checkFirst(rows, manifest, run, rules, findings)
  const known = run && rows.filter((row) => run.isFromStart || hasOpening(row, run))
  const [first] = known ?? []
  const last = known?.at(-1)
  if (run === undefined || known === undefined || first === undefined || last === undefined)
    return rows.length === 0
  const days = { first: startOf(first), last: startOf(last) }
  const before = run.days.findLast(({ timestamp }) => timestamp < days.first)
  const closings = run.days.filter(({ timestamp }) => timestamp >= days.first && timestamp < days.last + DAY)
  const expected = dailyCells(days, run.start, before, closings, rules.economy.policy)
  const byDate = new Map(expected.map((cells) => [cells[DAILY.date], cells]))
  for (const row of known) compare(row, byDate.get(cellAt(row, DAILY.date)), findings)
  return true
}

function hasOpening(row: Row, { days }: Run): boolean {
  const [first] = days
  return first !== undefined && first.timestamp < startOf(row)
}

function compare(row: Row, expected: Cells | undefined, findings: Findings): void {
  if (expected === undefined) {
    addAt(findings, 'snapshots', row, 'date', 'the history has not begun on that day')
    return
  }
  for (const [index, { name }] of DAILY_COLUMNS.entries()) {
    if (row.cells[index] === expected[index]) continue
    addAt(
      findings,
      'snapshots',
      row,
      name,
      `is ${row.cells[index]}, and by the snapshots it is ${expected[index]}`,
    )
  }
}

/** The first day of a range, where the directory tells it. */
function checkFirst(
  rows: readonly Row[],
  manifest: Manifest,
  { isFromStart, start }: Run,
  rules: Rules,
  findings: Findings,
): void {
  const [first] = rows
  // Where blocks were asked for, the first day depends on the block before them, unless the history begins in them.
  if (manifest.time === null && !(isFromStart && beginsHistory(manifest, rules))) return
  const time = manifest.time && { from: secondsOf(manifest.time.from), to: secondsOf(manifest.time.to) }
  const range = { toTimestamp: secondsOf(manifest.toBlockTimestamp), ...(time === null ? {} : { time }) }
  const days = statedDays({ range, before: isFromStart ? undefined : start, historyStart: start })
  const [expected, found] = [days && dayText(days.first), first && cellAt(first, DAILY.date)]
  if (expected === found) return
  const { file } = manifest
  findings.add({
    law: 'order',
    file,
    problem: `begins with ${found ?? 'no day'}, and the range with ${expected ?? 'none'}`,
  })
}

function dayText(start: number): string {
  return isoOf(start).slice(0, 10)
}

function startOf(row: Row): number {
  return secondsOf(`${cellAt(row, DAILY.date)}T00:00:00Z`)
}
