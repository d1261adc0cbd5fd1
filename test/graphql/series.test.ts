import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setHead } from '../support/small-economy'
import { amount, createSlowApi, type SlowApi } from './slow-api'
import { BOUGHT, EARNED, GENESIS_BLOCK, HEAD, MINTED, SENT } from './slow-economy'

let api: SlowApi

beforeAll(async () => {
  api = await createSlowApi()
})
afterEach(() => api.restore())
afterAll(() => api.close())

const POINT = 'start end isOpen hasEvents closingBlock'
const series = async (rest: string, fields = POINT) =>
  (await api.ask(`{ series(${rest}) { ${fields} } }`)).series

test('a series of days has a bucket for each, those without events among them', async () => {
  const days = await series(
    'interval: day',
    `${POINT} closing { supply { cumulativeBurn { decimal } } price { price source block unknown { reason } } }
     change { from to seconds burned { decimal } transfers }`,
  )
  expect(days.map(({ start }: { start: string }) => start.slice(0, 10))).toEqual([
    ...Array.from({ length: 17 }, (_, day) => `2023-11-${14 + day}`),
    ...['2023-12-01', '2023-12-02', '2023-12-03', '2023-12-04', '2023-12-05'],
  ])
  expect(days[0]).toEqual({
    start: '2023-11-14T00:00:00Z',
    end: '2023-11-15T00:00:00Z',
    isOpen: false,
    hasEvents: true,
    closingBlock: SENT,
    closing: {
      supply: { cumulativeBurn: amount('0') },
      price: { price: null, source: null, block: null, unknown: Array(3).fill({ reason: 'NO_PRICE' }) },
    },
    change: {
      from: '2023-11-14T22:30:00Z',
      to: '2023-11-15T00:00:00Z',
      seconds: 5_400,
      burned: amount('0'),
      transfers: 5,
    },
  })
  expect(days[3]).toEqual({
    start: '2023-11-17T00:00:00Z',
    end: '2023-11-18T00:00:00Z',
    isOpen: false,
    hasEvents: false,
    closingBlock: BOUGHT,
    closing: {
      supply: { cumulativeBurn: amount('100') },
      price: { price: '2', source: 'BUYBACK', block: BOUGHT, unknown: [] },
    },
    change: {
      from: '2023-11-17T00:00:00Z',
      to: '2023-11-18T00:00:00Z',
      seconds: 86_400,
      burned: amount('0'),
      transfers: 0,
    },
  })
  expect(days.at(-1)).toMatchObject({ isOpen: true, hasEvents: false, change: { seconds: 0 } })
  expect(days.slice(0, -1).every(({ isOpen }: { isOpen: boolean }) => !isOpen)).toBe(true)
})

test('a series of weeks begins on Mondays and marks the open one', async () => {
  const weeks = await series(
    'interval: week',
    `${POINT} change { seconds burned { decimal } averageStake { decimal } }`,
  )
  const points = weeks.map((week: { change: { burned: { decimal: string }; seconds: number } }) => ({
    ...week,
    change: [week.change.seconds, week.change.burned.decimal],
  }))
  const week = (start: string, end: string) => ({ start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` })
  const empty = { isOpen: false, hasEvents: false, closingBlock: BOUGHT, change: [604_800, '0'] }
  expect(points).toEqual([
    {
      ...week('2023-11-13', '2023-11-20'),
      isOpen: false,
      hasEvents: true,
      closingBlock: BOUGHT,
      change: [437_400, '100'],
    },
    { ...week('2023-11-20', '2023-11-27'), ...empty },
    { ...week('2023-11-27', '2023-12-04'), ...empty },
    {
      ...week('2023-12-04', '2023-12-11'),
      isOpen: true,
      hasEvents: true,
      closingBlock: MINTED,
      change: [86_400, '20'],
    },
  ])
  expect(weeks[3].change.averageStake).toEqual(amount('300'))
})

test('a series of months weighs the stake by the time that each lasted', async () => {
  const months = await series(
    'interval: month',
    `${POINT} closing { treasury { balance { decimal } outflow { rewards { decimal } } }
       policy { rewards { deviation } } usage { isEstimate creditsLow creditsHigh } }
     change { burned { decimal } revenue { decimal } rewardsPaid { decimal } averageStake { decimal }
       averageStakeValue { decimal } realYield unknown { figure reason } policy { burn { deviation } } }`,
  )
  expect(months).toMatchObject([
    {
      start: '2023-11-01T00:00:00Z',
      end: '2023-12-01T00:00:00Z',
      isOpen: false,
      closingBlock: BOUGHT,
      closing: {
        treasury: { balance: amount('500'), outflow: { rewards: amount('100') } },
        policy: { rewards: { deviation: '-0.4' } },
        usage: { isEstimate: true, creditsLow: '333333', creditsHigh: '500000' },
      },
      change: { revenue: amount('1000'), realYield: null, policy: { burn: { deviation: '-0.1' } } },
    },
    {
      // Three days of 100 and one of 300, at 2 dollars.
      start: '2023-12-01T00:00:00Z',
      end: '2024-01-01T00:00:00Z',
      isOpen: true,
      closingBlock: MINTED,
      change: {
        burned: amount('20'),
        revenue: amount('0'),
        rewardsPaid: amount('30'),
        averageStake: amount('150'),
        averageStakeValue: amount('300'),
        realYield: '9.125',
      },
    },
  ])
})

test('a series of hours begins and ends where it is told, with what the history covers', async () => {
  const hours = await series('interval: hour, from: "2023-11-14", to: "2023-11-15T01:30:00Z"')
  const brief = hours.map((hour: { start: string; hasEvents: boolean; closingBlock: number }) => [
    hour.start,
    hour.hasEvents,
    hour.closingBlock,
  ])
  expect(brief).toEqual([
    ['2023-11-14T22:00:00Z', true, SENT],
    ['2023-11-14T23:00:00Z', false, SENT],
    ['2023-11-15T00:00:00Z', true, EARNED],
    ['2023-11-15T01:00:00Z', false, EARNED],
  ])
  expect(await series('interval: hour, to: "2023-11-14T21:00:00Z"')).toEqual([])
  expect(await series('interval: hour, from: "2023-12-06"')).toEqual([])
  expect(await series('interval: hour')).toHaveLength(100)
})

test('a series as of an old block ends there, and knows nothing of what came later', async () => {
  const first = await series(`interval: day, block: { number: ${GENESIS_BLOCK} }`)
  expect(first).toMatchObject([{ isOpen: true, hasEvents: true, closingBlock: GENESIS_BLOCK }])
  const between = await series(
    'interval: day, block: { timestamp: "2023-11-16T06:00:00Z" }',
    `${POINT} change { to revenue { decimal } }`,
  )
  expect(between).toMatchObject([
    { closingBlock: SENT, isOpen: false },
    { closingBlock: EARNED, isOpen: false, change: { revenue: amount('1000') } },
    { closingBlock: EARNED, isOpen: true, hasEvents: false, change: { to: '2023-11-16T06:00:00Z' } },
  ])
  const reply = await api.post(`{ series(interval: month, block: { number: ${EARNED} }) { closingBlock } }`)
  expect(reply.json().data.series).toEqual([{ closingBlock: EARNED }])
  expect(reply.json().extensions.asOf.block).toBe(EARNED)
})

test('a series that ends before it begins, or is too long, is refused', async () => {
  const refused = async (query: string) => {
    const reply = await api.post(query)
    const { data, errors } = reply.json()
    return [reply.statusCode, data, errors[0].extensions.code, errors[0].extensions.facts]
  }
  expect(await refused('{ series(interval: day, from: "2023-11-20", to: "2023-11-19") { start } }')).toEqual([
    200,
    null,
    'E5024',
    { most: 1000, problem: expect.stringContaining('2023-11-20T00:00:00Z') },
  ])
  await setHead(api.tables, HEAD + 1000 * 360)
  const long = '{ series(interval: hour, from: "2023-11-14", block: { timestamp: "2024-01-01" }) { start } }'
  expect(await refused(long)).toEqual([200, null, 'E5024', { most: 1000, problem: 'it has 1131 buckets' }])
})
