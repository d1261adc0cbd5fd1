import { afterAll, beforeAll, expect, test } from 'vitest'
import { WINDOW } from '../../src/core/figures/window'
import { amount, createSlowApi, type SlowApi } from './slow-api'
import { GENESIS_BLOCK, HEAD } from './slow-economy'

let api: SlowApi

beforeAll(async () => {
  api = await createSlowApi()
})
afterAll(() => api.close())

const SPAN = `from to seconds unknown { figure reason explanation } projectionAssumption
  burned { decimal } burnedPerYear { decimal } revenue { decimal } rewardsFunded { decimal }
  rewardsPaid { decimal } buybackSpent { decimal } buybackBurned { decimal } buybackAveragePrice transfers
  averageStake { baseUnits } averageStakeValue { decimal } rewardsPerStaked realYield
  projectedSupply1y { decimal } projectedSupply5y { decimal } projectedSupply10y { decimal }
  policy { burn { ...leg } rewards { ...leg } }`
const LEG = `fragment leg on WindowPolicyLeg {
  bps allocated { decimal } executed { decimal } backlog { decimal } deviation unknown { figure reason }
}`
const reasons = (unknown: { figure: string; reason: string }[]) =>
  Object.fromEntries(unknown.map(({ figure, reason }) => [figure, reason]))

const windows = async (rest: string) => (await api.ask(`{ windows${rest} { name ${SPAN} } } ${LEG}`)).windows

test('windows say what happened in the days before the answer, and at what rate', async () => {
  const [week] = await windows('(names: [d7])')
  // 100 tokens were staked for six days and 300 for one, at 2 dollars; 30 dollars were paid.
  expect(week).toEqual({
    name: 'd7',
    from: '2023-11-28T00:00:00Z',
    to: '2023-12-05T00:00:00Z',
    seconds: 604_800,
    burned: amount('20'),
    burnedPerYear: amount('1043.571428571428571428'),
    revenue: amount('0'),
    rewardsFunded: amount('200'),
    rewardsPaid: amount('30'),
    buybackSpent: amount('0'),
    buybackBurned: amount('0'),
    buybackAveragePrice: null,
    transfers: 2,
    averageStake: { baseUnits: '128571428571428571428' },
    averageStakeValue: amount('257.142857'),
    rewardsPerStaked: '12.166666666666666666',
    realYield: '6.083333333333333333',
    projectedSupply1y: amount('8831.428571428571428572'),
    projectedSupply5y: amount('4657.14285714285714286'),
    projectedSupply10y: amount('0'),
    projectionAssumption: expect.stringContaining('mean pace of the window'),
    policy: {
      burn: {
        bps: 5000,
        allocated: amount('0'),
        executed: amount('0'),
        backlog: amount('0'),
        deviation: null,
        unknown: [{ figure: 'deviation', reason: 'NO_REVENUE' }],
      },
      rewards: {
        bps: 5000,
        allocated: amount('0'),
        executed: amount('200'),
        backlog: amount('-200'),
        deviation: null,
        unknown: [{ figure: 'deviation', reason: 'NO_REVENUE' }],
      },
    },
    unknown: [
      {
        figure: 'buybackAveragePrice',
        reason: 'NO_BUYBACK',
        explanation: 'No token was burned by a buyback, up to the block or in the window.',
      },
    ],
  })
})

test('windows over all time reach back to the first block, and keep apart what has no price', async () => {
  const [all] = await windows('(names: [all])')
  // 100 staked for 19 days and 300 for one are 2200 token days; for 36 hours there was no price.
  expect(all).toMatchObject({
    from: '2023-11-14T22:30:00Z',
    seconds: 1_733_400,
    burned: amount('120'),
    revenue: amount('1000'),
    buybackSpent: amount('400'),
    buybackAveragePrice: '4',
    transfers: 9,
    averageStakeValue: null,
    rewardsPerStaked: '38.15909090909090909',
    realYield: null,
    policy: {
      burn: {
        allocated: amount('500'),
        executed: amount('400'),
        backlog: amount('100'),
        deviation: '-0.1',
      },
      rewards: { allocated: amount('500'), executed: amount('300'), deviation: '-0.2', unknown: [] },
    },
  })
  expect(reasons(all.unknown)).toEqual({
    averageStakeValue: 'PRICE_NOT_COVERED',
    realYield: 'PRICE_NOT_COVERED',
  })
})

test('windows of one day leave out what happened at its first instant', async () => {
  const [day] = await windows('(names: [d1])')
  expect(day).toMatchObject({
    from: '2023-12-04T00:00:00Z',
    burned: amount('0'),
    transfers: 0,
    averageStake: { baseUnits: '300000000000000000000' },
    averageStakeValue: amount('600'),
    realYield: '0',
  })
})

test('windows that begin before the history have no figure at all, and say so of each', async () => {
  const [month] = await windows('(names: [d30])')
  const { name, from, to, policy, projectionAssumption, unknown, ...figures } = month
  expect([name, from, to]).toEqual(['d30', '2023-11-05T00:00:00Z', '2023-12-05T00:00:00Z'])
  expect(projectionAssumption).toBeTruthy()
  expect(Object.values(figures).every((value) => value === null)).toBe(true)
  expect(Object.keys(reasons(unknown)).sort()).toEqual(Object.keys(WINDOW).sort())
  expect(new Set(Object.values(reasons(unknown)))).toEqual(new Set(['WINDOW_NOT_COVERED']))
  for (const leg of [policy.burn, policy.rewards]) {
    expect(leg).toMatchObject({
      bps: null,
      allocated: null,
      executed: null,
      backlog: null,
      deviation: null,
    })
    expect(leg.unknown).toHaveLength(5)
  }
})

test('windows are all of them, in the order of their lengths, if none is named', async () => {
  const data = await api.ask('{ windows { name partial asOf { block lagSeconds } } }')
  expect(data.windows.map(({ name }: { name: string }) => name)).toEqual([
    ...['h1', 'd1', 'd7', 'd30', 'd365', 'all'],
  ])
  expect(data.windows[0]).toMatchObject({ partial: false, asOf: { block: HEAD, lagSeconds: 3 } })
  expect((await api.ask('{ windows(names: [all, h1, all]) { name } }')).windows).toEqual([
    { name: 'all' },
    { name: 'h1' },
  ])
})

test('windows at the first block have no length, so no rate', async () => {
  const [all] = await windows(`(names: [all], block: { number: ${GENESIS_BLOCK} })`)
  expect(all).toMatchObject({ seconds: 0, transfers: 4, burned: amount('0'), burnedPerYear: null })
  expect(reasons(all.unknown)).toMatchObject({
    burnedPerYear: 'EMPTY_WINDOW',
    averageStake: 'EMPTY_WINDOW',
  })
})

test('windows end at the time that is asked for, not at the block before it', async () => {
  const [day] = await windows('(names: [d1], block: { timestamp: "2023-12-04T12:00:00Z" })')
  // 100 staked for half a day, 300 for the other half.
  expect(day).toMatchObject({
    from: '2023-12-03T12:00:00Z',
    to: '2023-12-04T12:00:00Z',
    burned: amount('20'),
    averageStake: { baseUnits: '200000000000000000000' },
  })
})
