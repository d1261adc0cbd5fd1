import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { EconomyFile } from '../../src/config/economy-file'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import {
  BOUGHT,
  createLivedApi,
  DEAD,
  FIRST,
  GREW,
  HEAD,
  LIVED,
  TEAM,
  VESTING,
} from '../support/lived-economy'
import { account, ECONOMY, hashOf, TREASURY, timeOf } from '../support/small-economy'

let filled: FilledApi
let small: FilledApi
beforeAll(async () => {
  filled = await createLivedApi()
  small = await createSmallApi()
})
afterEach(async () => {
  await filled.restore()
  await small.restore()
})
afterAll(async () => {
  await filled.close()
  await small.close()
})

const get = (url: string, from = filled) => from.api.app.inject(url)
async function body(url: string, from = filled): Promise<unknown> {
  const reply = await get(url, from)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

const PARTIAL: EconomyFile = {
  ...LIVED,
  policy: { ...LIVED.policy, partial: { token: true, staking: false, stable: false } },
}

async function partialApi(): Promise<FilledApi> {
  const partial = await createLivedApi(PARTIAL)
  onTestFinished(partial.close)
  return partial
}

describe('/api/supply/breakdown', () => {
  test('has the supply and every wallet that does not circulate, to the letter', async () => {
    const last_updated = '2023-11-17T01:00:00Z'
    expect(await body('/api/supply/breakdown')).toEqual({
      supply_data: {
        total_supply: '947',
        circulating_supply: '840',
        outstanding_supply: '940',
        non_circulating_supply: '107',
        last_updated,
      },
      non_circulating_wallets: [
        { address: TREASURY, label: 'Treasury', balance: '0', percentage_of_total_supply: '0', last_updated },
        {
          address: VESTING,
          label: 'Vesting',
          balance: '100',
          percentage_of_total_supply: '10.55966209081309398',
          last_updated,
        },
        { address: TEAM, label: 'Team', balance: '0', percentage_of_total_supply: '0', last_updated },
        {
          address: DEAD,
          label: 'Dead address',
          balance: '7',
          percentage_of_total_supply: '0.739176346356916578',
          last_updated,
        },
      ],
    })
  })

  test('is true at the block that was asked for', async () => {
    const reply = await get(`/api/supply/breakdown?block=${FIRST}`)
    expect(reply.json()).toMatchObject({
      supply_data: {
        total_supply: '1000',
        non_circulating_supply: '100',
        last_updated: '2023-11-14T22:30:00Z',
      },
      non_circulating_wallets: [{ label: 'Treasury' }, { label: 'Vesting' }, { label: 'Dead address' }],
    })
    expect(reply.headers).toMatchObject({ 'as-of-block': String(FIRST), 'as-of-hash': hashOf(FIRST) })
    expect(reply.headers['cache-control']).toContain('immutable')
  })

  test('is refused where it would not be the whole truth', async () => {
    const reply = await get('/api/supply/breakdown', await partialApi())
    expect([reply.statusCode, reply.json().code]).toEqual([503, 'E5033'])
  })
})

describe('/api?module=stats', () => {
  const token = ECONOMY.contracts.token.address
  const ask = (query: string) => body(`/api?${query}`)

  test('answers supply in raw base units', async () => {
    const url = `module=stats&action=tokensupply&contractaddress=${token}`
    expect(await ask(url)).toEqual({ status: '1', message: 'OK', result: '947000000000000000000' })
    expect(await ask(`${url}&apikey=YourApiKeyToken&chainid=31337`)).toMatchObject({ status: '1' })
    expect(await ask(`${url}&block=${FIRST}`)).toMatchObject({ result: '1000000000000000000000' })
    expect(await ask(url.replace('tokensupply', 'tokenCsupply'))).toEqual({
      status: '1',
      message: 'OK',
      result: '840000000000000000000',
    })
  })

  test('answers numbers that no float can hold', async () => {
    const url = `/api?module=stats&action=tokensupply&contractaddress=${token}&block=100`
    expect(await body(url, small)).toMatchObject({ result: String(2n ** 256n - 1n) })
  })

  test.each([
    ['', 'Error! Missing Or invalid Module name'],
    ['module=account&action=tokensupply', 'Error! Missing Or invalid Module name'],
    ['module=stats', 'Error! Missing Or invalid Action name'],
    ['module=stats&action=ethsupply', 'Error! Missing Or invalid Action name'],
    ['module=stats&action=tokensupply', 'Error! Invalid contract address format'],
    ['module=stats&action=tokensupply&contractaddress=0x12', 'Error! Invalid contract address format'],
    [
      `module=stats&action=tokensupply&contractaddress=${account('9')}`,
      `Error! Not the token of this economy, ${token}`,
    ],
    [
      `module=stats&action=tokensupply&contractaddress=${token}&chainid=1`,
      'Error! Missing or unsupported chainid parameter',
    ],
  ])('%s has status 0', async (query, result) => {
    expect(await ask(query)).toEqual({ status: '0', message: 'NOTOK', result })
  })

  test('takes the address in any case', async () => {
    const address = account('f')
    const contracts = { ...LIVED.contracts, token: { ...LIVED.contracts.token, address } }
    const lettered = await createLivedApi({ ...LIVED, contracts })
    onTestFinished(lettered.close)
    await lettered.tables.run(`update deployment set token = '${address}'`)
    const url = `/api?module=stats&action=tokensupply&contractaddress=0x${'F'.repeat(40)}`
    expect(await body(url, lettered)).toMatchObject({ status: '1' })
  })

  test('is refused over partial history, and with parameters that nobody knows', async () => {
    const url = `/api?module=stats&action=tokensupply&contractaddress=${token}`
    expect((await get(url, await partialApi())).json()).toMatchObject({ code: 'E5033' })
    expect((await get(`${url}&tag=latest`)).json()).toMatchObject({ code: 'E5030' })
  })
})

describe('/api/badges/{figure}', () => {
  test.each([
    ['burned', { label: 'burned', message: '50', color: 'orange' }],
    ['circulating', { label: 'circulating', message: '840', color: 'blue' }],
    ['supply', { label: 'supply', message: '947', color: 'blue' }],
    ['staked', { label: 'staked', message: '300', color: 'green' }],
    ['holders', { label: 'holders', message: '4', color: 'blue' }],
    ['treasury', { label: 'treasury', message: '1k USDC', color: 'brightgreen' }],
    ['revenue', { label: 'revenue', message: '1.5k USDC', color: 'brightgreen' }],
    ['rewards', { label: 'rewards paid', message: '170 USDC', color: 'green' }],
    ['price', { label: 'price', message: '2.5 USDC', color: 'blueviolet' }],
  ])('%s is a badge, and nothing that shields.io would refuse', async (name, badge) => {
    expect(await body(`/api/badges/${name}`)).toEqual({ schemaVersion: 1, ...badge, cacheSeconds: 300 })
  })

  test('shows millions as such', async () => {
    await filled.change(
      `update snapshot set cumulative_burn = 12345678 * 10::numeric ^ 18 where block_number = ${GREW}`,
      `update snapshot set cumulative_burn = 50 * 10::numeric ^ 18 where block_number = ${GREW}`,
    )
    expect(await body('/api/badges/burned')).toMatchObject({ message: '12.3M' })
  })

  const failed = { schemaVersion: 1, color: 'lightgrey', isError: true, cacheSeconds: 300 }

  test('says so where the figure is not known, or lacks history', async () => {
    expect(await body(`/api/badges/price?block=${FIRST}`)).toEqual({
      ...failed,
      label: 'price',
      message: 'unknown',
    })
    expect(await body('/api/badges/burned', await partialApi())).toEqual({
      ...failed,
      label: 'burned',
      message: 'history incomplete',
    })
  })

  test('never shows an old value as if it were new', async () => {
    filled.api.now = timeOf(HEAD) + 61
    const stale = await get('/api/badges/burned')
    expect([stale.statusCode, stale.headers['retry-after'], stale.headers['cache-control']]).toEqual([
      503,
      '10',
      'no-store',
    ])
    expect(stale.json()).toEqual({ ...failed, label: 'burned', message: 'stale' })
    expect(await body(`/api/badges/burned?block=${BOUGHT}`)).toMatchObject({ message: '40' })
    await filled.change('alter table head rename to hidden', 'alter table hidden rename to head')
    const away = await get('/api/badges/burned')
    expect([away.statusCode, away.json()]).toEqual([
      503,
      { ...failed, label: 'burned', message: 'unavailable' },
    ])
  })

  test('of nothing that there is a badge of is not found', async () => {
    const reply = await get('/api/badges/moon')
    expect([reply.statusCode, reply.json()]).toMatchObject([404, { code: 'E5070' }])
    expect(reply.body).toContain('burned')
  })
})
