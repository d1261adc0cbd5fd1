import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import {
  digestOf,
  ECONOMY,
  HUGE,
  hashOf,
  LATEST,
  setDeployment,
  setHead,
  timeOf,
} from '../support/small-economy'
import type { TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createSmallApi()
  ;({ tables, api } = filled)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const get = (url: string, headers: Record<string, string> = {}) => api.app.inject({ url, headers })

describe('/api/treasury', () => {
  test('is flat, every amount in both spellings as exact strings', async () => {
    const reply = await get('/api/treasury')
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toEqual({
      balance: '400000001',
      balanceDecimal: '400.000001',
      revenue: '1000000001',
      revenueDecimal: '1000.000001',
      internalInflow: '11',
      internalInflowDecimal: '0.000011',
      outflowBuyback: '350000000',
      outflowBuybackDecimal: '350',
      outflowRewards: '250000001',
      outflowRewardsDecimal: '250.000001',
      outflowOther: '10',
      outflowOtherDecimal: '0.00001',
      cumulativeBurn: '10000000000000000000',
      cumulativeBurnDecimal: '10',
      burnedByBuyback: '7000000000000000000',
      burnedByBuybackDecimal: '7',
      deadBurn: '1',
      deadBurnDecimal: '0.000000000000000001',
      rewardsPaid: '250000001',
      rewardsPaidDecimal: '250.000001',
      circulatingSupply: String(LATEST.circulatingSupply),
      circulatingSupplyDecimal:
        '115792089237316195423570985008687907853269984665640564039442.584007913129639933',
      outstandingSupply: String(LATEST.outstandingSupply),
      outstandingSupplyDecimal:
        '115792089237316195423570985008687907853269984665640564039442.584007913129639934',
      totalSupply: String(LATEST.totalSupply),
      totalSupplyDecimal: '115792089237316195423570985008687907853269984665640564039442.584007913129639935',
      staked: '123456789012345678901',
      stakedDecimal: '123.456789012345678901',
      stakers: 1,
      holders: 2,
      policyBurnBps: 5000,
      policyBurnAllocated: '500000000',
      policyBurnAllocatedDecimal: '500',
      policyBurnExecuted: '350000000',
      policyBurnExecutedDecimal: '350',
      policyBurnBacklog: '150000000',
      policyBurnBacklogDecimal: '150',
      // 350000000 ÷ 1000000001 − ½
      policyBurnDeviation: '-0.150000000349999999',
      policyRewardsBps: 5000,
      policyRewardsAllocated: '500000000',
      policyRewardsAllocatedDecimal: '500',
      policyRewardsExecuted: '250000001',
      policyRewardsExecutedDecimal: '250.000001',
      policyRewardsBacklog: '249999999',
      policyRewardsBacklogDecimal: '249.999999',
      policyRewardsDeviation: '-0.24999999925',
      // 350 ÷ 7
      buybackAveragePrice: '50',
      tokenSymbol: 'ASHAO',
      tokenDecimals: 18,
      stableSymbol: 'USDC',
      stableDecimals: 6,
      rewardSymbol: 'USDC',
      rewardDecimals: 6,
      unknown: {},
      partial: false,
      asOf: {
        block: 112,
        hash: hashOf(112),
        timestamp: '2023-11-14T22:32:00Z',
        finalized: false,
        lagSeconds: 3,
        partial: [],
        snapshot: {
          block: 110,
          hash: hashOf(110),
          timestamp: '2023-11-14T22:31:40Z',
          digest: digestOf(110),
        },
      },
    })
  })

  test.each([
    ['block=105', 105],
    [`block=${hashOf(105)}`, 105],
    ['block=107', 107],
    [`at=${timeOf(105)}`, 105],
    ['at=2023-11-14T22:30:59Z', 105],
    ['at=2023-11-14T23:30:59%2B01:00', 105],
  ])('goes back in time with %s', async (query, block) => {
    const reply = await get(`/api/treasury?${query}`)
    expect(reply.json()).toMatchObject({ revenue: '3', asOf: { block, lagSeconds: null } })
  })

  test('knows hash and time of the newest block only as such, not by its number', async () => {
    const at = async (query: string) => (await get(`/api/treasury${query}`)).json().asOf
    const hash = hashOf(112)
    expect(await at('')).toMatchObject({ block: 112, hash, timestamp: '2023-11-14T22:32:00Z' })
    expect(await at(`?block=${hash}`)).toMatchObject({ block: 112, hash, timestamp: '2023-11-14T22:32:00Z' })
    expect(await at('?block=112')).toMatchObject({ block: 112, hash: null, timestamp: null })
    expect(await at('?block=110')).toMatchObject({ hash: hashOf(110), timestamp: '2023-11-14T22:31:40Z' })
    // By time it is the last block with events: which empty ones came after it is not kept.
    expect(await at(`?at=${timeOf(112)}`)).toMatchObject({ block: 110, hash: hashOf(110), lagSeconds: null })
  })

  test('says "rewards" in the token where rewards are paid in the token', async () => {
    const { staking } = ECONOMY.contracts
    const contracts = { ...ECONOMY.contracts, staking: { ...staking, rewardToken: 'token' as const } }
    const economy = { ...ECONOMY, contracts }
    const other = await createTestApi(tables.url, economy)
    onTestFinished(other.close)
    await setDeployment(tables, [], economy)
    const reply = await other.app.inject('/api/treasury')
    expect(reply.json()).toMatchObject({ rewardSymbol: 'ASHAO', rewardsPaidDecimal: '0.000000000250000001' })
  })
})

describe('/api/supply', () => {
  test.each([
    ['total', '115792089237316195423570985008687907853269984665640564039442.584007913129639934'],
    ['circulating', '115792089237316195423570985008687907853269984665640564039442.584007913129639933'],
    ['burned', '10'],
    ['max', '1000000000'],
    ['staked', '123.456789012345678901'],
    ['onchain', '115792089237316195423570985008687907853269984665640564039442.584007913129639935'],
  ])('/%s is just the value', async (name, value) => {
    const reply = await get(`/api/supply/${name}`)
    expect(reply.body).toBe(value)
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'as-of-block': '112',
      'as-of-hash': hashOf(112),
      'as-of-timestamp': '2023-11-14T22:32:00Z',
      'as-of-finalized': 'false',
      'as-of-lag-seconds': '3',
    })
  })

  test('is every supply figure, also in the past', async () => {
    const reply = await get('/api/supply?block=104')
    expect(reply.json()).toMatchObject({
      totalSupply: String(HUGE),
      cumulativeBurn: '0',
      maxSupplyDecimal: '1000000000',
      holders: 0,
      genesisBlock: null,
      unknown: { genesisBlock: 'NO_MINT' },
      asOf: { block: 104, hash: null, timestamp: null, finalized: true, snapshot: { block: 100 } },
    })
  })
})

describe('a history that is partial', () => {
  test('marks the answers that depend on it, and refuses the bare numbers that do', async () => {
    await setDeployment(tables, ['staking'])
    expect((await get('/api/treasury')).json()).toMatchObject({
      partial: true,
      asOf: { partial: ['staking'] },
    })
    const refused = await get('/api/supply/staked')
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['retry-after']).toBe('3600')
    expect(refused.json()).toMatchObject({
      code: 'E5033',
      facts: { figure: 'staked', contracts: ['staking'] },
    })
    expect((await get('/api/supply/total')).statusCode).toBe(200)
    await setDeployment(tables, ['token'])
    const bare = ['total', 'circulating', 'burned', 'onchain', 'staked', 'max']
    const codes = await Promise.all(bare.map(async (name) => (await get(`/api/supply/${name}`)).statusCode))
    expect(codes).toEqual([503, 503, 503, 503, 200, 200])
  })
})

describe('caching', () => {
  test('is short at the head and in blocks that are not final, a day for what is settled', async () => {
    const control = async (url: string) => (await get(url)).headers['cache-control']
    const short = 'public, max-age=2, stale-while-revalidate=10'
    expect(await control('/api/treasury')).toBe(short)
    expect(await control('/api/treasury?block=110')).toBe(short)
    expect(await control(`/api/supply/total?at=${timeOf(105)}`)).toBe(short)
    expect(await control('/api/supply/total?block=105')).toBe('public, max-age=31536000, immutable')
  })

  test('answers 304 until there is a new block, whatever the clock says', async () => {
    const { etag = '' } = (await get('/api/supply/total')).headers
    api.now += 5
    const same = await get('/api/supply/total', { 'if-none-match': `"other", ${etag}` })
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag])
    expect(same.headers['cache-control']).toContain('max-age=2')
    expect((await get('/api/supply/onchain', { 'if-none-match': String(etag) })).statusCode).toBe(200)
    expect((await get('/api/supply/total?block=112', { 'if-none-match': String(etag) })).statusCode).toBe(200)
    await setHead(tables, 113)
    expect((await get('/api/supply/total', { 'if-none-match': String(etag) })).statusCode).toBe(200)
    await setHead(tables, 112)
    await filled.change(
      'update squid_processor.status set height = 112',
      'update squid_processor.status set height = 106',
    )
    expect((await get('/api/supply/total', { 'if-none-match': String(etag) })).statusCode).toBe(200)
  })

  test('a settled answer is the same bytes later', async () => {
    const before = (await get('/api/treasury?block=104')).body
    api.now += 50
    expect((await get('/api/treasury?block=104')).body).toBe(before)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const [head, full] = [
      await api.app.inject({ method: 'HEAD', url: '/api/treasury' }),
      await get('/api/treasury'),
    ]
    expect(head.body).toBe('')
    expect(head.headers.etag).toBe(full.headers.etag)
    expect(head.headers['content-length']).toBe(full.headers['content-length'])
  })
})
