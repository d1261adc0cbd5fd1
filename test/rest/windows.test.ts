import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { BOUGHT, createLivedApi, FIRST, GREW, HEAD } from '../support/lived-economy'
import { timeOf } from '../support/small-economy'
import type { TestApi } from '../support/test-api'

let filled: FilledApi
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  api = filled.api
})
afterAll(() => filled.close())

type Window = Record<string, unknown> & { name: string; unknown: Record<string, string> }

const windowsAt = async (query = ''): Promise<Record<string, Window>> => {
  const reply = await api.app.inject(`/api/windows${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  const { windows } = reply.json<{ windows: Window[] }>()
  return Object.fromEntries(windows.map((window) => [window.name, window]))
}

test('/api/windows has each window, up to the newest block', async () => {
  const reply = await api.app.inject('/api/windows')
  expect(reply.json()).toMatchObject({ partial: false, asOf: { block: HEAD, lagSeconds: 3 } })
  expect(Object.keys(await windowsAt())).toEqual(['h1', 'd1', 'd7', 'd30', 'd365', 'all'])
})

describe('a window', () => {
  test('sums what happened after its beginning, and weighs stake by time and price', async () => {
    const { d1 } = await windowsAt()
    expect(d1).toMatchObject({
      from: '2023-11-16T01:00:00Z',
      to: '2023-11-17T01:00:00Z',
      seconds: 86_400,
      burned: '10000000000000000000',
      burnedDecimal: '10',
      burnedPerYearDecimal: '3652.5',
      revenueDecimal: '500',
      revenuePerYearDecimal: '182625',
      buybackSpentDecimal: '0',
      rewardsPaidDecimal: '20',
      rewardsPaidPerYearDecimal: '7305',
      transfers: 5,
      // 23 hours of 100, one of 300.
      averageStakeDecimal: '108.333333333333333333',
      averageStakeValueDecimal: '270.833333',
      // 20 × 365 ÷ 270.8333…, and ÷ 108.3333… tokens.
      realYield: '26.953846153846153846',
      rewardsPerStaked: '67.384615384615384615',
      policyBurnAllocatedDecimal: '250',
      policyBurnExecutedDecimal: '0',
      policyBurnDeviation: '-0.5',
      policyRewardsBacklogDecimal: '250',
      // 940 − 3652.5 would be negative.
      projectedSupply1yDecimal: '0',
      buybackAveragePrice: null,
      unknown: { buybackAveragePrice: 'NO_BUYBACK' },
    })
    expect(d1?.projectionAssumption).toContain('Assumes that burning goes on')
  })

  test('does not hold what happened at the instant of its beginning', async () => {
    const { h1 } = await windowsAt()
    expect(h1).toMatchObject({
      from: '2023-11-17T00:00:00Z',
      burned: '0',
      averageStakeDecimal: '300',
      averageStakeValueDecimal: '750',
      realYield: '0',
      projectedSupply10yDecimal: '940',
      policyBurnDeviation: null,
      unknown: { policyBurnDeviation: 'NO_REVENUE', buybackAveragePrice: 'NO_BUYBACK' },
    })
  })

  test('over all time holds the first block, but no yield while the price was unknown', async () => {
    const { all } = await windowsAt()
    expect(all).toMatchObject({
      from: '2023-11-14T22:30:00Z',
      seconds: 181_800,
      burnedDecimal: '50',
      buybackAveragePrice: '7.5',
      transfers: 8,
      // (100 × 176400 s + 300 × 3600 s) ÷ 181800 s
      averageStakeDecimal: '102.970297029702970297',
      // 170 × 31536000 ÷ 18720000
      rewardsPerStaked: '286.384615384615384615',
      policyRewardsDeviation: '-0.366666666666666666',
      averageStakeValue: null,
      averageStakeValueDecimal: null,
      realYield: null,
      unknown: { averageStakeValue: 'PRICE_NOT_COVERED', realYield: 'PRICE_NOT_COVERED' },
    })
  })

  test('that begins before the history has no figures, and each says why', async () => {
    const windows = Object.values(await windowsAt()).filter(({ name }) =>
      ['d7', 'd30', 'd365'].includes(name),
    )
    expect(windows).toHaveLength(3)
    for (const { name, from, to, projectionAssumption, unknown, ...figures } of windows) {
      expect(new Set(Object.values(figures))).toEqual(new Set([null]))
      const names = Object.keys(figures).filter((each) => !each.endsWith('Decimal'))
      expect(unknown).toEqual(Object.fromEntries(names.map((each) => [each, 'WINDOW_NOT_COVERED'])))
    }
  })

  test('of no length has flows, but no rates', async () => {
    const { all } = await windowsAt(`?block=${FIRST}`)
    expect(all).toMatchObject({
      seconds: 0,
      burned: '0',
      transfers: 1,
      burnedPerYear: null,
      realYield: null,
      unknown: { burnedPerYear: 'EMPTY_WINDOW', realYield: 'EMPTY_WINDOW' },
    })
  })

  test('ends where the answer is', async () => {
    const atBlock = await windowsAt(`?block=${BOUGHT}`)
    expect(atBlock.h1).toMatchObject({
      to: '2023-11-15T00:00:00Z',
      from: '2023-11-14T23:00:00Z',
      burnedDecimal: '40',
      buybackSpentDecimal: '300',
      // Neither is the block at which it begins in it.
      revenueDecimal: '0',
      rewardsPaidDecimal: '100',
    })
    // Of an empty block no time is kept, also of the newest one: its windows end with the last events before it.
    const empty = await windowsAt(`?block=${HEAD}`)
    expect(empty.h1).toMatchObject({ from: '2023-11-16T23:00:00Z', to: '2023-11-17T00:00:00Z' })
    const inBetween = await windowsAt(`?at=${timeOf(GREW) - 1}`)
    expect(inBetween.d1).toMatchObject({
      to: '2023-11-16T23:59:59Z',
      burned: '0',
      averageStakeDecimal: '100',
      averageStakeValueDecimal: '250',
      realYield: '0',
    })
  })
})
