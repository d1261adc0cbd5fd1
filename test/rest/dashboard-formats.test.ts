import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import { BOUGHT, createLivedApi, GREW, LIVED } from '../support/lived-economy'
import { timeOf } from '../support/small-economy'

let filled: FilledApi
beforeAll(async () => {
  filled = await createLivedApi()
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const get = (url: string) => filled.api.app.inject(url)

describe('/api/defillama/daily', () => {
  const daily = (query: string) => get(`/api/defillama/daily${query}`)
  const NOTHING = {
    revenue_usdc: '0',
    buyback_usdc: '0',
    rewards_funded_usdc: '0',
    rewards_paid: '0',
    burned: '0',
    buyback_burned: '0',
  }

  test('has one row for each covered day, those without events among them', async () => {
    expect((await daily('')).json()).toEqual({
      data: [
        {
          ...NOTHING,
          day: '2023-11-14',
          timestamp: 1_699_920_000,
          is_open: false,
          revenue_usdc: '1000',
          rewards_paid: '50',
        },
        {
          day: '2023-11-15',
          timestamp: 1_700_006_400,
          is_open: false,
          revenue_usdc: '0',
          buyback_usdc: '300',
          rewards_funded_usdc: '200',
          rewards_paid: '100',
          burned: '40',
          buyback_burned: '40',
        },
        { ...NOTHING, day: '2023-11-16', timestamp: 1_700_092_800, is_open: false },
        {
          ...NOTHING,
          day: '2023-11-17',
          timestamp: 1_700_179_200,
          is_open: true,
          revenue_usdc: '500',
          rewards_paid: '20',
          burned: '10',
        },
      ],
    })
  })

  test('answers any covered day, and a day of nothing with zeros', async () => {
    const days = ['2023-11-14', '2023-11-15', '2023-11-16', '2023-11-17']
    for (const day of days) {
      expect((await daily(`?day=${day}`)).json()).toMatchObject({ data: [{ day }] })
    }
    expect((await daily('?day=2023-11-16')).json()).toEqual({
      data: [{ ...NOTHING, day: '2023-11-16', timestamp: 1_700_092_800, is_open: false }],
    })
    const range = (await daily('?from=2023-11-15&to=2023-11-16')).json<{ data: { day: string }[] }>()
    expect(range.data.map(({ day }) => day)).toEqual(['2023-11-15', '2023-11-16'])
  })

  test.each([
    '?day=2023-11-13',
    '?day=2023-11-18',
    '?day=1970-01-01',
    '?from=2023-11-13',
    '?from=2023-11-13&to=2023-11-15',
    '?from=2023-11-16&to=2023-11-18',
    '?to=2023-11-18',
    '?from=2023-11-18',
    '?to=2023-11-13',
    `?day=2023-11-16&block=${BOUGHT}`,
  ])('%s is not covered, so it is no row of zeros', async (query) => {
    const reply = await daily(query)
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'E5071'])
  })

  test.each([
    ['?day=2023-11-15&from=2023-11-14', 'day excludes from and to'],
    ['?from=2023-11-16&to=2023-11-15', 'from is after to'],
    ['?day=15.11.2023', 'day is no day, YYYY-MM-DD'],
    ['?day=2023-11-31', 'day is no day, YYYY-MM-DD'],
    ['?day=1700000000', 'day is no day, YYYY-MM-DD'],
  ])('%s is refused', async (query, problem) => {
    const reply = await daily(query)
    expect([reply.statusCode, reply.json()]).toMatchObject([
      400,
      { code: 'E5030', facts: { problems: [problem] } },
    ])
  })
})

describe('/api/grafana/series', () => {
  const series = async (query: string): Promise<Record<string, unknown>[]> => {
    const reply = await get(`/api/grafana/series${query}`)
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.json()
  }

  test('is an array of flat rows, each with its time', async () => {
    const rows = await series('')
    expect(rows.map(({ time, isOpen }) => [time, isOpen])).toEqual([
      ['2023-11-14T00:00:00Z', false],
      ['2023-11-15T00:00:00Z', false],
      ['2023-11-16T00:00:00Z', false],
      ['2023-11-17T00:00:00Z', true],
    ])
    expect(rows[0]).toMatchObject({
      totalSupplyDecimal: '1000',
      treasuryRevenueDecimal: '1000',
      changeRevenueDecimal: '1000',
      changePolicyBurnAllocatedDecimal: '500',
      price: null,
      holders: 2,
      partial: false,
    })
    expect(rows[0]?.unknown).toContain('price NO_PRICE')
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        expect(typeof value === 'object' && value !== null, name).toBe(false)
        // Whoever draws base units by mistake draws a line at 10^20.
        expect(row, name).not.toHaveProperty(`${name}Decimal`)
      }
    }
  })

  test('says what /api/series says', async () => {
    const { points } = (await get('/api/series?interval=day')).json<{ points: Record<string, unknown>[] }>()
    const rows = await series('?interval=day')
    for (const [index, { start, change, unknown, ...point }] of points.entries()) {
      const row = rows[index] ?? {}
      expect(row.time).toBe(start)
      for (const [name, value] of Object.entries(row)) {
        if (name in point) expect([name, value]).toEqual([name, point[name]])
      }
      for (const [name, value] of Object.entries(change as Record<string, unknown>)) {
        const column = `change${name.charAt(0).toUpperCase()}${name.slice(1)}`
        if (column in row) expect([column, row[column]]).toEqual([column, value])
      }
    }
  })

  test('takes the milliseconds that Grafana sends, and ends where the answer does', async () => {
    const from = timeOf(BOUGHT)
    const later = timeOf(GREW) + 30 * 86_400
    const expected = await series(`?from=${from}`)
    expect(expected.map(({ time }) => time)).toHaveLength(3)
    expect(await series(`?interval=day&from=${from}000&to=${later}999`)).toEqual(expected)
    expect(await series(`?from=${new Date(from * 1000).toISOString()}`)).toEqual(expected)
  })

  test('has hours, and answers as of a block', async () => {
    const hours = await series(`?interval=hour&block=${BOUGHT}`)
    expect(hours.map(({ time }) => time)).toEqual([
      '2023-11-14T22:00:00Z',
      '2023-11-14T23:00:00Z',
      '2023-11-15T00:00:00Z',
    ])
    expect((await get('/api/grafana/series?interval=year')).json()).toMatchObject({ code: 'E5030' })
    expect((await get('/api/grafana/series?from=yesterday')).json()).toMatchObject({ code: 'E5030' })
  })
})

test('/api/defillama/daily over partial history is refused: a day of zeros could be one that was left out', async () => {
  const policy = { ...LIVED.policy, partial: { token: false, staking: true, stable: false } }
  const partial = await createLivedApi({ ...LIVED, policy })
  onTestFinished(partial.close)
  const reply = await partial.api.app.inject('/api/defillama/daily')
  expect([reply.statusCode, reply.json().code]).toEqual([503, 'E5033'])
})
