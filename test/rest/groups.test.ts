import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FilledApi } from '../support/filled-api'
import {
  BOUGHT,
  createLivedApi,
  DEAD,
  FIRST,
  GREW,
  HEAD,
  STAKED,
  STAKER,
  TEAM,
  VESTING,
} from '../support/lived-economy'
import { account, hashOf, TREASURY, timeOf } from '../support/small-economy'
import type { TestApi } from '../support/test-api'

let filled: FilledApi
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  api = filled.api
})
afterAll(() => filled.close())

const answer = async (url: string): Promise<Record<string, unknown>> => {
  const reply = await api.app.inject(url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
/** Amounts of whole units in both spellings, under the names given. */
const both = (decimals: number, amounts: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, whole]) => [
      [name, `${BigInt(whole) * 10n ** BigInt(decimals)}`],
      [`${name}Decimal`, String(whole)],
    ]),
  )
const TOKEN = { tokenSymbol: 'ASHAO', tokenDecimals: 18 }
const STABLE = { stableSymbol: 'USDC', stableDecimals: 6 }
const REWARD = { rewardSymbol: 'USDC', rewardDecimals: 6 }
const asOf = (block: number) => expect.objectContaining({ block })
const framed = { partial: false, asOf: asOf(HEAD), unknown: {} }

test('/api/staking', async () => {
  expect(await answer('/api/staking')).toEqual({
    ...both(18, { staked: 300, excludedStake: 20 }),
    stakers: 2,
    stakingRatio: '0.357142857142857142',
    ...both(6, { rewardsPaid: 170 }),
    ...TOKEN,
    ...REWARD,
    ...framed,
  })
})

test('/api/buyback', async () => {
  expect(await answer('/api/buyback')).toEqual({
    ...both(6, { spent: 300, paid: 200 }),
    ...both(18, { burned: 40, bought: 80 }),
    averagePrice: '7.5',
    ...TOKEN,
    ...STABLE,
    ...framed,
  })
  expect(await answer(`/api/buyback?block=${STAKED}`)).toMatchObject({
    spent: '0',
    averagePrice: null,
    unknown: { averagePrice: 'NO_BUYBACK' },
  })
})

test('/api/price', async () => {
  expect(await answer('/api/price')).toEqual({
    price: '2.5',
    source: 'BUYBACK',
    block: BOUGHT,
    ...TOKEN,
    ...STABLE,
    ...framed,
  })
  expect(await answer(`/api/price?block=${STAKED}`)).toMatchObject({
    price: null,
    source: null,
    block: null,
    unknown: { price: 'NO_PRICE', source: 'NO_PRICE', block: 'NO_PRICE' },
  })
})

test('/api/usage is an estimate, and says so', async () => {
  expect(await answer('/api/usage')).toEqual({
    ...both(6, { grossRevenueLow: 5000, grossRevenueHigh: 7500 }),
    creditsLow: '500000',
    creditsHigh: '750000',
    isEstimate: true,
    ...STABLE,
    ...framed,
  })
})

test('/api/supply, with the wallets that make up excludedBalance', async () => {
  expect(await answer('/api/supply')).toEqual({
    ...both(18, {
      totalSupply: 947,
      outstandingSupply: 940,
      circulatingSupply: 840,
      liquidFloat: 560,
      maxSupply: 1_000_000_000,
      minted: 1002,
      mintedAfterGenesis: 0,
      mintedByBridge: 2,
      destroyed: 55,
      netBurn: 53,
      cumulativeBurn: 50,
      burnedByBuyback: 40,
      burnedByBridge: 5,
      burnedByOther: 10,
      deadBurn: 7,
      excludedBalance: 107,
      staked: 300,
    }),
    genesisBlock: FIRST,
    holders: 4,
    stakers: 2,
    burnMode: 'TRANSFER',
    excludedWallets: [
      { address: TREASURY, label: 'Treasury', fromBlock: null, ...both(18, { balance: 0 }) },
      { address: VESTING, label: 'Vesting', fromBlock: FIRST, ...both(18, { balance: 100 }) },
      { address: TEAM, label: 'Team', fromBlock: GREW, ...both(18, { balance: 0 }) },
      { address: DEAD, label: 'Dead address', fromBlock: null, ...both(18, { balance: 7 }) },
    ],
    ...TOKEN,
    ...framed,
  })
  const before = await answer(`/api/supply?block=${GREW - 1}`)
  expect(before.excludedWallets).toMatchObject([
    { address: TREASURY },
    { address: VESTING, balanceDecimal: '100' },
    { address: DEAD, balanceDecimal: '0' },
  ])
})

describe('/api/policy', () => {
  const legs = {
    burnBps: 5000,
    ...both(6, { burnAllocated: 750, burnExecuted: 300, burnBacklog: 450 }),
    burnDeviation: '-0.3',
    rewardsBps: 5000,
    ...both(6, { rewardsAllocated: 750, rewardsExecuted: 200, rewardsBacklog: 550 }),
    rewardsDeviation: '-0.366666666666666666',
    ...both(6, { revenue: 1500 }),
  }

  test('compares the rule with what was done, over all time and in each window', async () => {
    const { windows, ...allTime } = await answer('/api/policy')
    expect(allTime).toEqual({ ...legs, ...STABLE, ...framed })
    const [hour, day, week, , , all] = windows as Record<string, unknown>[]
    expect(hour).toMatchObject({
      name: 'h1',
      burnBps: 5000,
      burnAllocated: '0',
      burnDeviation: null,
      unknown: { burnDeviation: 'NO_REVENUE', rewardsDeviation: 'NO_REVENUE' },
    })
    expect(day).toMatchObject({
      name: 'd1',
      revenueDecimal: '500',
      burnAllocatedDecimal: '250',
      burnExecutedDecimal: '0',
      burnBacklogDecimal: '250',
      burnDeviation: '-0.5',
      unknown: {},
    })
    expect(week).toMatchObject({
      name: 'd7',
      burnBps: null,
      burnAllocated: null,
      burnAllocatedDecimal: null,
      unknown: { burnBps: 'WINDOW_NOT_COVERED', burnAllocated: 'WINDOW_NOT_COVERED' },
    })
    expect(all).toEqual({
      name: 'all',
      from: '2023-11-14T22:30:00Z',
      to: '2023-11-17T01:00:00Z',
      ...legs,
      unknown: {},
    })
  })

  test('is the same rule in /api/treasury', async () => {
    expect(await answer('/api/treasury')).toMatchObject({
      policyBurnBacklogDecimal: '450',
      policyBurnDeviation: '-0.3',
      policyRewardsDeviation: '-0.366666666666666666',
      buybackAveragePrice: '7.5',
      unknown: {},
    })
  })
})

describe('/api/accounts/{address}', () => {
  test('is one account, at any block', async () => {
    expect(await answer(`/api/accounts/${STAKER}`)).toEqual({
      address: STAKER,
      ...both(18, { balance: 813, staked: 100 }),
      ...both(6, { rewardsPaid: 150 }),
      workerShareBps: 8000,
      ...TOKEN,
      ...REWARD,
      ...framed,
    })
    expect(await answer(`/api/accounts/${STAKER}?block=${STAKED - 1}`)).toMatchObject({
      ...both(18, { balance: 900, staked: 0 }),
      workerShareBps: 7000,
    })
  })

  test('of an account that no event named is 0, for that is true', async () => {
    const stranger = account('9')
    expect(await answer(`/api/accounts/${stranger}`)).toMatchObject({
      ...both(18, { balance: 0 }),
      unknown: {},
    })
  })

  test('takes any correct spelling, and answers in lower case', async () => {
    const spelled = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    expect(await answer(`/api/accounts/${spelled}`)).toMatchObject({ address: spelled.toLowerCase() })
  })

  test.each([
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed', 'its EIP-55 checksum is wrong'],
    ['0x12', 'it is not 0x and 40 hex digits'],
    [account('0'), 'the zero address stands for nobody'],
  ])('refuses %s', async (address, problem) => {
    const reply = await api.app.inject(`/api/accounts/${address}`)
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'E5023', facts: { address, problem } })
  })

  test('is known to have methods', async () => {
    const url = `/api/accounts/${STAKER}`
    const wrong = await api.app.inject({ method: 'DELETE', url })
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'GET, HEAD'])
    const asked = await api.app.inject({ method: 'OPTIONS', url })
    expect(asked.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS')
  })
})

describe('as of', () => {
  test.each([
    [`block=${BOUGHT}`, BOUGHT],
    [`block=${hashOf(BOUGHT)}`, BOUGHT],
    [`block=${GREW - 1}`, GREW - 1],
    [`at=${timeOf(GREW) - 1}`, BOUGHT],
    ['at=2023-11-16T23:59:59Z', BOUGHT],
  ])('%s, every path is what it was then', async (query, block) => {
    expect(await answer(`/api/supply?${query}`)).toMatchObject({ totalSupplyDecimal: '960', asOf: { block } })
    expect(await answer(`/api/staking?${query}`)).toMatchObject({ stakedDecimal: '100', asOf: { block } })
    expect(await answer(`/api/policy?${query}`)).toMatchObject({ burnDeviation: '-0.2', asOf: { block } })
    expect(await answer(`/api/usage?${query}`)).toMatchObject({ creditsHigh: '500000', asOf: { block } })
  })

  test('the first block, what there is none of yet is null and not 0', async () => {
    const supply = await answer(`/api/supply?block=${FIRST}`)
    expect(supply).toMatchObject({ burnMode: 'UNKNOWN', genesisBlock: FIRST, unknown: {} })
    expect(await answer(`/api/policy?block=${FIRST}`)).toMatchObject({
      burnDeviation: null,
      unknown: { burnDeviation: 'NO_REVENUE', rewardsDeviation: 'NO_REVENUE' },
    })
  })
})
