import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { BOUGHT, createLivedApi, GREW, STAKED } from '../support/lived-economy'
import { hashOf, setHead } from '../support/small-economy'
import type { TestTables } from '../support/tables'
import type { TestApi } from '../support/test-api'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  ;({ tables, api } = filled)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

interface Point extends Record<string, unknown> {
  start: string
  isOpen: boolean
  hasEvents: boolean
  change: Record<string, unknown>
}

const series = async (query: string): Promise<Point[]> => {
  const reply = await api.app.inject(`/api/series?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ points: Point[] }>().points
}
const refusal = async (query: string) => {
  const reply = await api.app.inject(`/api/series?${query}`)
  expect(reply.statusCode).toBe(400)
  return reply.json()
}

describe('/api/series by day', () => {
  test('has every covered day, what changed in it and how it closed', async () => {
    const points = await series('interval=day')
    expect(points).toMatchObject([
      {
        start: '2023-11-14T00:00:00Z',
        end: '2023-11-15T00:00:00Z',
        isOpen: false,
        hasEvents: true,
        closingBlock: STAKED,
        totalSupplyDecimal: '1000',
        treasuryRevenueDecimal: '1000',
        buybackAveragePrice: null,
        price: null,
        priceSource: null,
        unknown: { buybackAveragePrice: 'NO_BUYBACK', price: 'NO_PRICE', priceSource: 'NO_PRICE' },
        // Only from the first block on: an hour and a half.
        change: { seconds: 5400, revenueDecimal: '1000', burned: '0', rewardsPaidDecimal: '50' },
      },
      {
        start: '2023-11-15T00:00:00Z',
        isOpen: false,
        hasEvents: true,
        closingBlock: BOUGHT,
        totalSupplyDecimal: '960',
        treasuryBalanceDecimal: '500',
        treasuryOutflowRewardsDecimal: '200',
        buybackSpentDecimal: '300',
        buybackAveragePrice: '7.5',
        price: '2.5',
        priceSource: 'BUYBACK',
        priceBlock: BOUGHT,
        change: {
          seconds: 86_400,
          burnedDecimal: '40',
          revenue: '0',
          averageStakeDecimal: '100',
          // 100 paid on a stake worth 250, in one day; the price was seen at its first instant.
          realYield: '146',
          policyBurnBacklogDecimal: '-300',
          policyBurnDeviation: null,
          unknown: { policyBurnDeviation: 'NO_REVENUE' },
        },
      },
      {
        start: '2023-11-16T00:00:00Z',
        end: '2023-11-17T00:00:00Z',
        isOpen: false,
        hasEvents: false,
        closingBlock: BOUGHT,
        totalSupplyDecimal: '960',
        stakers: 1,
        change: {
          seconds: 86_400,
          burned: '0',
          transfers: 0,
          averageStakeDecimal: '100',
          averageStakeValueDecimal: '250',
          realYield: '0',
          unknown: { buybackAveragePrice: 'NO_BUYBACK' },
        },
      },
      {
        start: '2023-11-17T00:00:00Z',
        end: '2023-11-18T00:00:00Z',
        isOpen: true,
        hasEvents: true,
        closingBlock: GREW,
        totalSupplyDecimal: '947',
        liquidFloatDecimal: '560',
        stakingRatio: '0.357142857142857142',
        change: {
          seconds: 3600,
          burnedDecimal: '10',
          revenueDecimal: '500',
          averageStakeDecimal: '300',
          policyBurnAllocatedDecimal: '250',
          policyBurnDeviation: '-0.5',
        },
      },
    ])
    expect(points).toHaveLength(4)
  })

  test.each([
    ['from=2023-11-15&to=2023-11-16', ['2023-11-15', '2023-11-16']],
    ['from=2023-11-15T23:59:59Z&to=2023-11-16T00:00:00Z', ['2023-11-15', '2023-11-16']],
    ['to=2023-11-13T23:59:59Z', []],
    ['to=2023-11-14', ['2023-11-14']],
    ['from=2023-11-17T23:00:00Z', ['2023-11-17']],
    ['from=2023-11-18', []],
    ['from=1970-01-01&to=2023-11-15', ['2023-11-14', '2023-11-15']],
  ])('with %s has the days of that range', async (range, days) => {
    const points = await series(`interval=day&${range}`)
    expect(points.map(({ start }) => start.slice(0, 10))).toEqual(days)
  })

  test.each([`block=${BOUGHT}`, `block=${hashOf(BOUGHT)}`])('ends at %s', async (query) => {
    const points = await series(`interval=day&${query}`)
    expect(points).toMatchObject([
      { start: '2023-11-14T00:00:00Z', isOpen: false },
      { start: '2023-11-15T00:00:00Z', isOpen: true, change: { seconds: 0, burnedDecimal: '40' } },
    ])
  })

  test('at an instant without events goes on to that instant', async () => {
    const points = await series('interval=day&at=2023-11-16T06:00:00Z&from=2023-11-15')
    expect(points).toMatchObject([
      { start: '2023-11-15T00:00:00Z', isOpen: false },
      { isOpen: true, hasEvents: false, closingBlock: BOUGHT, change: { seconds: 21_600 } },
    ])
  })
})

test('/api/series by hour has an explicit point for each hour in which nothing happened', async () => {
  const points = await series('interval=hour')
  // 22:00 and 23:00 of the first day, two whole days, and two hours of the last.
  expect(points).toHaveLength(2 + 48 + 2)
  expect(points.filter(({ hasEvents }) => hasEvents).map(({ start }) => start)).toEqual([
    '2023-11-14T22:00:00Z',
    '2023-11-14T23:00:00Z',
    '2023-11-15T00:00:00Z',
    '2023-11-17T00:00:00Z',
  ])
  expect(points[1]).toMatchObject({ change: { revenueDecimal: '1000', averageStakeDecimal: '100' } })
  expect(points.at(-1)).toMatchObject({
    start: '2023-11-17T01:00:00Z',
    isOpen: true,
    change: { seconds: 0, averageStake: null, unknown: { averageStake: 'EMPTY_WINDOW' } },
  })
})

test.each([
  ['week', '2023-11-13T00:00:00Z', '2023-11-20T00:00:00Z'],
  ['month', '2023-11-01T00:00:00Z', '2023-12-01T00:00:00Z'],
])('/api/series by %s is made of days', async (interval, start, end) => {
  const points = await series(`interval=${interval}`)
  expect(points).toMatchObject([
    {
      start,
      end,
      isOpen: true,
      hasEvents: true,
      closingBlock: GREW,
      cumulativeBurnDecimal: '50',
      change: { seconds: 181_800, burnedDecimal: '50', buybackAveragePrice: '7.5', transfers: 8 },
    },
  ])
  expect(points).toHaveLength(1)
})

test('weeks begin on Monday and months on the first, also those without events', async () => {
  // 31 December 2023, 05:20.
  await setHead(tables, 400_000)
  const weeks = await series('interval=week&at=2023-12-31T05:20:00Z')
  expect(weeks.map(({ start }) => start.slice(0, 10))).toEqual([
    '2023-11-13',
    '2023-11-20',
    '2023-11-27',
    '2023-12-04',
    '2023-12-11',
    '2023-12-18',
    '2023-12-25',
  ])
  expect(weeks.filter(({ hasEvents }) => hasEvents)).toHaveLength(1)
  const months = await series('interval=month&at=2023-12-31T05:20:00Z')
  expect(months).toMatchObject([
    { start: '2023-11-01T00:00:00Z', isOpen: false, hasEvents: true, closingBlock: GREW },
    {
      start: '2023-12-01T00:00:00Z',
      end: '2024-01-01T00:00:00Z',
      isOpen: true,
      hasEvents: false,
      closingBlock: GREW,
      change: { seconds: 30 * 86_400 + 5 * 3600 + 1200, averageStakeDecimal: '300', burned: '0' },
    },
  ])
})

describe('a wrong series', () => {
  test.each([
    ['', ['interval is missing']],
    ['interval=year', ['interval is none of hour, day, week, month']],
    ['interval=DAY', ['interval is none of hour, day, week, month']],
    ['interval=day&interval=day', ['interval is given more than once']],
    ['interval=day&from=yesterday', ['from is neither ISO 8601 with a zone nor unix seconds']],
    ['interval=day&until=2023-11-15', ['until is unknown']],
    ['interval=day&block=1&at=2&x=3', ['block and at exclude each other', 'x is unknown']],
  ])('%s is refused with every problem', async (query, problems) => {
    expect(await refusal(query)).toMatchObject({ code: 'E5030', facts: { problems } })
  })

  test('that ends before it begins is refused', async () => {
    expect(await refusal('interval=day&from=2023-11-16&to=2023-11-15')).toMatchObject({
      code: 'E5024',
      status: 400,
      facts: { most: 1000 },
    })
  })

  test('of more than a thousand buckets is refused, and a thousand are not', async () => {
    // 4 000 000 s from 22:13:20: hour 22 of the first day, and 1111 more up to 21:20 of the last.
    await setHead(tables, 400_000)
    expect(await refusal('interval=hour&at=2023-12-31T05:20:00Z&from=2023-11-14')).toMatchObject({
      code: 'E5024',
    })
    const last = Date.parse('2023-11-14T22:00:00Z') / 1000 + 999 * 3600
    const most = await series(`interval=hour&at=2023-12-31T05:20:00Z&from=2023-11-14&to=${last}`)
    expect(most).toHaveLength(1000)
    expect(await series('interval=hour&at=2023-12-31T05:20:00Z')).toHaveLength(100)
  })
})
