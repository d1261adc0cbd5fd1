import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { INVARIANT_NAMES } from '../../src/core/invariants'
import type { FilledApi } from '../support/filled-api'
import {
  BOUGHT,
  createLivedApi,
  fillReconciliations,
  GREW,
  HEAD,
  LIVED,
  RECONCILIATIONS,
  STAKED,
} from '../support/lived-economy'
import { ALICE, hashOf, setDeployment } from '../support/small-economy'
import type { TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  ;({ tables, api } = filled)
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

interface Answer {
  broken: number
  invariants: ({ name: string } & Record<string, unknown>)[]
}

const invariantsAt = async (query = '', from = api) => {
  const reply = await from.app.inject(`/api/invariants${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  const { broken, invariants } = reply.json<Answer>()
  const named = Object.fromEntries(invariants.map((invariant) => [invariant.name, invariant]))
  return { broken, ...named } as { broken: number } & Record<string, unknown>
}

describe('/api/invariants', () => {
  test('has every invariant with its claim and both of its sides', async () => {
    const reply = await api.app.inject('/api/invariants')
    const { invariants } = reply.json<Answer>()
    expect(invariants.map(({ name }) => name)).toEqual(INVARIANT_NAMES)
    expect(reply.json()).toMatchObject({ asOf: { block: HEAD }, partial: false })
    expect((await invariantsAt()).balancesEqualSupply).toEqual({
      name: 'balancesEqualSupply',
      claim: 'The balances of all accounts add up to totalSupply.',
      status: 'HOLDS',
      reason: null,
      unit: 'token',
      left: '947000000000000000000',
      leftDecimal: '947',
      relation: '=',
      right: '947000000000000000000',
      rightDecimal: '947',
      firstBroken: null,
    })
  })

  test('says which is broken, since when, and which was', async () => {
    const { broken, contractsUnchanged, rewardsPaidWithinFunded } = await invariantsAt()
    expect(broken).toBe(1)
    expect(contractsUnchanged).toMatchObject({
      status: 'BROKEN',
      unit: 'count',
      left: '1',
      leftDecimal: '1',
      right: '0',
      firstBroken: { block: GREW, timestamp: '2023-11-17T00:00:00Z', left: '1', right: '0' },
    })
    expect(rewardsPaidWithinFunded).toMatchObject({
      status: 'HOLDS',
      relation: '≤',
      leftDecimal: '170',
      rightDecimal: '200',
      firstBroken: { block: STAKED, leftDecimal: '50', rightDecimal: '0' },
    })
  })

  test('is what it was then at an older block', async () => {
    const { broken, contractsUnchanged, rewardsPaidWithinFunded } = await invariantsAt(`?block=${STAKED}`)
    expect(broken).toBe(1)
    expect(rewardsPaidWithinFunded).toMatchObject({ status: 'BROKEN', leftDecimal: '50' })
    expect(contractsUnchanged).toMatchObject({ status: 'HOLDS', firstBroken: null })
    expect((await invariantsAt(`?block=${hashOf(BOUGHT)}`)).broken).toBe(0)
  })

  test('does not judge over partial history, nor between two assets', async () => {
    const { staking } = LIVED.contracts
    const economy = {
      ...LIVED,
      contracts: { ...LIVED.contracts, staking: { ...staking, rewardToken: 'token' as const } },
      policy: {
        ...LIVED.policy,
        rewardToken: 'token' as const,
        partial: { token: true, staking: false, stable: false },
      },
    }
    await setDeployment(tables, ['token'], economy)
    const other = await createTestApi(tables.url, economy)
    onTestFinished(other.close)
    other.now = api.now
    const { balancesEqualSupply, rewardsPaidWithinFunded } = await invariantsAt('', other)
    const sides = { left: null, leftDecimal: null, right: null, rightDecimal: null }
    expect(balancesEqualSupply).toMatchObject({ status: 'UNKNOWN', reason: 'HISTORY_PARTIAL', ...sides })
    expect(rewardsPaidWithinFunded).toMatchObject({ status: 'UNKNOWN', reason: 'OTHER_ASSET', ...sides })
  })
})

describe('/api/reconciliation', () => {
  beforeEach(() => fillReconciliations(tables))
  afterEach(() => tables.run('delete from reconciliation'))

  const page = async (query = '') => {
    const reply = await api.app.inject(`/api/reconciliation${query}`)
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.json<{ reconciliations: { id: string }[] }>().reconciliations
  }

  test('is an empty list before the first', async () => {
    await tables.run('delete from reconciliation')
    expect(await page()).toEqual([])
  })

  test('lists comparisons with the chain, newest first, each amount in the unit of its figure', async () => {
    const [newest, older] = await page()
    expect(newest).toEqual({
      id: RECONCILIATIONS[1],
      block: GREW,
      hash: hashOf(GREW),
      timestamp: '2023-11-17T00:00:00Z',
      checkedAt: '2023-11-17T00:01:00Z',
      trigger: 'ON_DEMAND',
      equal: 1,
      different: 1,
      gaps: 2,
      checks: [
        {
          figure: 'totalSupply',
          account: null,
          derived: '947000000000000000000',
          derivedDecimal: '947',
          onChain: '947000000000000000000',
          onChainDecimal: '947',
          symbol: 'ASHAO',
          result: 'EQUAL',
          reason: null,
        },
        {
          figure: 'treasury.balance',
          account: null,
          derived: '1000000000',
          derivedDecimal: '1000',
          onChain: '1000000001',
          onChainDecimal: '1000.000001',
          symbol: 'USDC',
          result: 'DIFFERENT',
          reason: null,
        },
        {
          figure: 'account.staked',
          account: ALICE,
          derived: '0',
          derivedDecimal: '0',
          onChain: null,
          onChainDecimal: null,
          symbol: 'ASHAO',
          result: 'GAP',
          reason: 'the view reverted',
        },
        {
          figure: 'unheard',
          account: null,
          derived: '7',
          derivedDecimal: null,
          onChain: null,
          onChainDecimal: null,
          symbol: null,
          result: 'GAP',
          reason: 'it was not asked',
        },
      ],
      standing: [
        {
          figure: 'account.staked',
          account: ALICE,
          derived: '0',
          derivedDecimal: '0',
          onChain: '5',
          onChainDecimal: '0.000000000000000005',
          symbol: 'ASHAO',
          block: BOUGHT,
          hash: hashOf(BOUGHT),
        },
        {
          figure: 'treasury.balance',
          account: null,
          derived: '1000000000',
          derivedDecimal: '1000',
          onChain: '1000000001',
          onChainDecimal: '1000.000001',
          symbol: 'USDC',
          block: GREW,
          hash: hashOf(GREW),
        },
      ],
    })
    expect(older).toMatchObject({ id: RECONCILIATIONS[0], block: BOUGHT, trigger: 'INTERVAL', different: 1 })
  })

  test('comes in pages', async () => {
    const [first] = await page('?first=1')
    expect(first?.id).toBe(RECONCILIATIONS[1])
    const rest = await page(`?first=5&after=${first?.id}`)
    expect(rest.map(({ id }) => id)).toEqual([RECONCILIATIONS[0]])
  })

  test.each([
    ['first=0', 'E5021'],
    ['first=101', 'E5021'],
    ['first=many', 'E5030'],
    ['first=1&first=2', 'E5030'],
    ['after=newest', 'E5020'],
    ['block=640', 'E5030'],
  ])('%s is refused with %s', async (query, code) => {
    const reply = await api.app.inject(`/api/reconciliation?${query}`)
    expect([reply.statusCode, reply.json().code]).toEqual([400, code])
  })

  test('answers 304 until there is another', async () => {
    const url = '/api/reconciliation?first=1'
    const { etag = '' } = (await api.app.inject(url)).headers
    const headers = { 'if-none-match': String(etag) }
    expect((await api.app.inject({ url, headers })).statusCode).toBe(304)
    await tables.run('delete from reconciliation where id = $1', [RECONCILIATIONS[1]])
    expect((await api.app.inject({ url, headers })).statusCode).toBe(200)
  })
})
