import { expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import type { SeriesPoint } from '../../src/core/series-points'
import { calendarYears, yearEnd, yearStart } from '../../src/rest/calendar-years'
import { ECONOMY } from '../support/small-economy'

const at = (iso: string) => Date.parse(iso) / 1000

function month(
  start: string,
  end: string,
  revenue: [before: bigint, after: bigint],
  isOpen = false,
): SeriesPoint {
  const [before, after] = revenue.map((treasuryRevenue) => ({ ...GENESIS, treasuryRevenue })) as [
    typeof GENESIS,
    typeof GENESIS,
  ]
  const to = at(end)
  return {
    start: at(start),
    end: to,
    isOpen,
    hasEvents: after.treasuryRevenue > before.treasuryRevenue,
    closingBlock: Number(after.treasuryRevenue),
    closing: { economy: after, timestamp: to - 1 },
    span: { policy: ECONOMY.policy, from: at(start), to, opening: before, closing: after },
  }
}

test('a year opens with its first month and closes with its last', () => {
  const years = calendarYears([
    month('2023-11-01', '2023-12-01', [0n, 5n]),
    month('2023-12-01', '2024-01-01', [5n, 5n]),
    month('2024-01-01', '2024-02-01', [5n, 9n], true),
  ])
  expect(years).toMatchObject([
    {
      start: at('2023-01-01'),
      end: at('2024-01-01'),
      isOpen: false,
      hasEvents: true,
      closingBlock: 5,
      span: {
        from: at('2023-11-01'),
        to: at('2024-01-01'),
        opening: { treasuryRevenue: 0n },
        closing: { treasuryRevenue: 5n },
      },
    },
    {
      start: at('2024-01-01'),
      end: at('2025-01-01'),
      isOpen: true,
      hasEvents: true,
      span: { opening: { treasuryRevenue: 5n }, closing: { treasuryRevenue: 9n } },
    },
  ])
})

test('a year ends when the next begins, leap years too', () => {
  for (const year of [1970, 2023, 2024, 2100]) {
    const start = at(`${year}-01-01`)
    expect([yearStart(start), yearEnd(start)]).toEqual([start, at(`${year + 1}-01-01`)])
    expect([yearStart(yearEnd(start) - 1), yearEnd(yearEnd(start) - 1)]).toEqual([start, yearEnd(start)])
  }
})
