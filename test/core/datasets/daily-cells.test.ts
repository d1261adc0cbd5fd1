import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DayClosing, dailyCells, statedDays } from '../../../src/core/datasets/daily-cells'
import { columnsOf } from '../../../src/core/datasets/datasets'
import { fold } from '../../../src/core/fold'
import type { Ledger, SnapshotRow } from '../../../src/core/ledger'
import { history, POLICY, START, sha256 } from '../../support/history'

const DAY = 86_400
const NAMES = columnsOf('daily').map(({ name }) => name)
/** Midnight of a day. */
const midnight = (day: number) => day * DAY

const closingOf = (snapshot: SnapshotRow): DayClosing => ({ ...snapshot, economy: snapshot })

/** Each day's last snapshot. */
function closings(snapshots: readonly SnapshotRow[]): DayClosing[] {
  return snapshots
    .filter(({ timestamp }, index) => {
      const next = snapshots[index + 1]
      return next === undefined || Math.floor(next.timestamp / DAY) > Math.floor(timestamp / DAY)
    })
    .map(closingOf)
}

/** Rows of all closed days of a history, each by the names of its columns. */
function daysOf({ snapshots }: Ledger): Record<string, string | null>[] {
  const [first, last] = [snapshots[0], snapshots.at(-1)]
  if (first === undefined || last === undefined) return []
  const historyStart = first.timestamp
  const days = statedDays({ range: { toTimestamp: last.timestamp }, before: undefined, historyStart })
  if (days === undefined) return []
  const within = closings(snapshots).filter(({ timestamp }) => timestamp < days.last + DAY)
  return dailyCells(days, historyStart, undefined, within, POLICY).map((cells) =>
    Object.fromEntries(NAMES.map((name, index) => [name, cells[index] ?? null])),
  )
}

test('the days add up: what happened in them is what there is at the end', () => {
  fc.assert(
    fc.property(history, (blocks) => {
      const ledger = fold(START, blocks, POLICY, sha256)
      const days = daysOf(ledger)
      const sums = {
        day_minted: 0n,
        day_burned: 0n,
        day_revenue: 0n,
        day_rewards_paid: 0n,
        day_transfers: 0n,
      }
      let end: number | undefined
      for (const day of days) {
        for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += BigInt(day[name] ?? '')
        const start = Date.parse(`${day.date}T00:00:00Z`) / 1e3
        if (end !== undefined) expect(start).toBe(end)
        end = start + DAY
        const closing = ledger.snapshots.findLast(({ timestamp }) => timestamp < start + DAY)
        expect(day).toMatchObject({
          closing_block: `${closing?.blockNumber}`,
          closing_block_hash: closing?.hash,
          total_supply: `${closing?.totalSupply}`,
          treasury_balance: `${closing?.treasuryBalance}`,
          minted: `${sums.day_minted}`,
          cumulative_burn: `${sums.day_burned}`,
          treasury_revenue: `${sums.day_revenue}`,
          rewards_paid: `${sums.day_rewards_paid}`,
        })
        const opening = ledger.snapshots.findLast(({ timestamp }) => timestamp < start)
        expect(day.opening_block).toBe(opening === undefined ? null : `${opening.blockNumber}`)
        const counted = ledger.transfers.filter(({ timestamp }) => timestamp < start + DAY).length
        expect(sums.day_transfers).toBe(BigInt(counted))
      }
    }),
  )
})

test('a stretch of days says the same as all of them at once', () => {
  fc.assert(
    fc.property(history, fc.nat(99), (blocks, share) => {
      const { snapshots } = fold(START, blocks, POLICY, sha256)
      const [first, last] = [snapshots[0], snapshots.at(-1)]
      if (first === undefined || last === undefined) return
      const historyStart = first.timestamp
      const days = statedDays({ range: { toTimestamp: last.timestamp }, before: undefined, historyStart })
      if (days === undefined || days.first === days.last) return
      const all = closings(snapshots).filter(({ timestamp }) => timestamp < days.last + DAY)
      const count = (days.last - days.first) / DAY
      const cut = days.first + DAY * Math.floor((count * share) / 100)
      const early = all.filter(({ timestamp }) => timestamp < cut + DAY)
      const late = all.slice(early.length)
      expect([
        ...dailyCells({ first: days.first, last: cut }, historyStart, undefined, early, POLICY),
        ...dailyCells({ first: cut + DAY, last: days.last }, historyStart, early.at(-1), late, POLICY),
      ]).toEqual(dailyCells(days, historyStart, undefined, all, POLICY))
    }),
  )
})

const NOON = DAY / 2
test.each([
  ['the day in which the history begins is stated', { to: midnight(12) }, undefined, [10, 11]],
  ['a day that goes on at the end is not', { to: midnight(12) + NOON }, undefined, [10, 11]],
  ['nor one that the range begins in', { to: midnight(15) }, midnight(11) + NOON, [12, 14]],
  ['one that begins with the range is', { to: midnight(15) }, midnight(12) - 1, [12, 14]],
  ['a range within a day states none', { to: midnight(12) + NOON }, midnight(12) - NOON, undefined],
] as const)('%s', (_, { to }, before, expected) => {
  const historyStart = midnight(10) + NOON
  const days = statedDays({ range: { toTimestamp: to }, before, historyStart })
  expect(days && [days.first / DAY, days.last / DAY]).toEqual(expected)
})

test('where times are asked for, they say which days there are, whatever happened in them', () => {
  const historyStart = midnight(10) + NOON
  const range = { toTimestamp: midnight(13) + NOON, time: { from: midnight(12), to: midnight(20) } }
  expect(statedDays({ range, before: midnight(10) + NOON, historyStart })).toEqual({
    first: midnight(12),
    last: midnight(19),
  })
})
