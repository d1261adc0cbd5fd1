import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { SUPPLY } from '../../src/core/figures/supply'
import type { FilledApi } from '../support/filled-api'
import { BOUGHT, createLivedApi, FIRST, LIVED } from '../support/lived-economy'

let filled: FilledApi
beforeAll(async () => {
  filled = await createLivedApi()
})
afterAll(() => filled.close())

interface Chart {
  readonly chart: readonly { readonly date: string; readonly value: string }[]
  readonly info: Readonly<Record<string, unknown>>
}

async function body<T = Record<string, unknown>>(url: string, from = filled): Promise<T> {
  const reply = await from.api.app.inject(url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
const lines = (asked: string, from = filled) => body<Chart>(`/api/v1/lines/${asked}`, from)

async function partialApi(): Promise<FilledApi> {
  const policy = { ...LIVED.policy, partial: { token: true, staking: true, stable: true } }
  const partial = await createLivedApi({ ...LIVED, policy })
  onTestFinished(partial.close)
  return partial
}

interface Counters {
  readonly counters: readonly Readonly<Record<string, string>>[]
}
const valuesOf = ({ counters }: Counters) => Object.fromEntries(counters.map(({ id, value }) => [id, value]))

describe('/api/v1/counters', () => {
  test('has figures as text in whole units, each with its unit and definition', async () => {
    const { counters } = await body<Counters>('/api/v1/counters')
    expect(counters[0]).toEqual({
      id: 'totalSupply',
      value: '947',
      title: 'Total supply',
      units: 'ASHAO',
      description: SUPPLY.totalSupply.definition,
    })
    expect(counters.find(({ id }) => id === 'holders')).toMatchObject({ value: '4', units: 'accounts' })
    expect(valuesOf({ counters })).toEqual({
      totalSupply: '947',
      circulatingSupply: '840',
      cumulativeBurn: '50',
      holders: '4',
      staked: '300',
      stakers: '2',
      rewardsPaid: '170',
      treasuryBalance: '1000',
      treasuryRevenue: '1500',
      buybackSpent: '300',
      price: '2.5',
    })
  })

  test('leaves out what is not known, and never says 0 instead', async () => {
    expect(valuesOf(await body(`/api/v1/counters?block=${FIRST}`))).not.toHaveProperty('price')
    expect(valuesOf(await body('/api/v1/counters', await partialApi()))).toEqual({ price: '2.5' })
  })
})

describe('/api/v1/lines', () => {
  test('lists the charts by section', async () => {
    const { sections } = await body<{ sections: { id: string; charts: { id: string }[] }[] }>('/api/v1/lines')
    expect(sections.map(({ id }) => id)).toEqual(['supply', 'staking', 'treasury'])
    expect(sections[0]?.charts[0]).toEqual({
      id: 'totalSupply',
      title: 'Total supply',
      description: SUPPLY.totalSupply.definition,
      units: 'ASHAO',
      resolutions: ['DAY', 'WEEK', 'MONTH', 'YEAR'],
    })
    for (const { id } of sections.flatMap(({ charts }) => charts)) {
      const { chart, info } = await lines(id)
      expect([info.id, chart.length]).toEqual([id, 4])
    }
  })
})

describe('/api/v1/lines/{id}', () => {
  test('has every covered day, also those without events, and marks the open one', async () => {
    const { chart, info } = await lines('burned')
    expect(chart).toEqual([
      { date: '2023-11-14', date_to: '2023-11-14', value: '0', is_approximate: false },
      { date: '2023-11-15', date_to: '2023-11-15', value: '40', is_approximate: false },
      { date: '2023-11-16', date_to: '2023-11-16', value: '0', is_approximate: false },
      { date: '2023-11-17', date_to: '2023-11-17', value: '10', is_approximate: true },
    ])
    expect(info).toMatchObject({ id: 'burned', title: 'Burned', units: 'ASHAO' })
  })

  test('keeps a total through days without events', async () => {
    const { chart } = await lines('totalSupply?from=2023-11-15&to=2023-11-16&resolution=DAY')
    expect(chart).toMatchObject([
      { date: '2023-11-15', value: '960' },
      { date: '2023-11-16', value: '960' },
    ])
  })

  test('has weeks, months and years', async () => {
    const whole = { value: '50', is_approximate: true }
    expect((await lines('burned?resolution=WEEK')).chart).toEqual([
      { date: '2023-11-13', date_to: '2023-11-19', ...whole },
    ])
    expect((await lines('burned?resolution=MONTH')).chart).toEqual([
      { date: '2023-11-01', date_to: '2023-11-30', ...whole },
    ])
    const year = { date: '2023-01-01', date_to: '2023-12-31', ...whole }
    for (const range of ['', '&from=2023-12-31', '&to=2023-01-01', '&from=2000-01-01&to=2030-01-01']) {
      expect((await lines(`burned?resolution=YEAR${range}`)).chart, range).toEqual([year])
    }
    expect((await lines('burned?resolution=YEAR&to=2022-12-31')).chart).toEqual([])
  })

  test('ends at the block that was asked for', async () => {
    const { chart } = await lines(`treasuryBalance?block=${BOUGHT}`)
    expect(chart).toMatchObject([
      { date: '2023-11-14', value: '1000', is_approximate: false },
      { date: '2023-11-15', value: '500', is_approximate: true },
    ])
  })

  test('over partial history has nothing: no bar could say that it was cut', async () => {
    const partial = await partialApi()
    expect((await lines('burned', partial)).chart).toEqual([])
    expect((await lines('totalSupply', partial)).chart).toEqual([])
  })

  test.each([
    ['moon', 404, 'E5070'],
    ['burned?resolution=day', 400, 'E5030'],
    ['burned?from=2023-02-30', 400, 'E5030'],
    ['burned?from=1700000000', 400, 'E5030'],
    ['burned?from=2023-11-16&to=2023-11-15&resolution=YEAR', 400, 'E5030'],
  ])('%s is refused', async (asked, status, code) => {
    const reply = await filled.api.app.inject(`/api/v1/lines/${asked}`)
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  })
})
