import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataDictionary, sqlColumn } from '../../src/core/figures'
import { account, hashOf, idOf, TREASURY } from '../support/small-economy'
import { amount, createSlowApi, type SlowApi } from './slow-api'
import {
  BOUGHT,
  COMPARED,
  DEAD,
  EARNED,
  GENESIS_BLOCK,
  HEAD,
  MINTED,
  TEAM,
  UNANSWERED,
  VESTING,
} from './slow-economy'

let api: SlowApi

beforeAll(async () => {
  api = await createSlowApi()
})
afterAll(() => api.close())

test('the wallets that do not circulate add up to excludedBalance', async () => {
  const at = (block: number) =>
    api.ask(`{ excludedWallets(block: { number: ${block} }) { address label fromBlock balance { baseUnits decimal } }
      supply(block: { number: ${block} }) { excludedBalance { baseUnits } } }`)
  const late = await at(HEAD)
  expect(late.excludedWallets).toMatchObject([
    { address: TREASURY, label: 'Treasury', fromBlock: null, balance: amount('40') },
    { address: VESTING, label: 'Vesting', fromBlock: GENESIS_BLOCK, balance: amount('50') },
    { address: TEAM, label: 'Team', fromBlock: MINTED, balance: amount('60') },
    { address: DEAD, label: 'Dead address', fromBlock: null, balance: amount('10') },
  ])
  for (const { excludedWallets, supply } of [
    late,
    await at(MINTED),
    await at(MINTED - 1),
    await at(EARNED),
  ]) {
    const sum = excludedWallets.reduce(
      (total: bigint, { balance }: { balance: { baseUnits: string } }) => total + BigInt(balance.baseUnits),
      0n,
    )
    expect(String(sum)).toBe(supply.excludedBalance.baseUnits)
  }
  expect((await at(MINTED - 1)).excludedWallets).toHaveLength(3)
})

describe('invariants', () => {
  const SIDE = '{ amount { decimal symbol } count }'
  const at = async (block: number) => {
    const { invariants } = await api.ask(
      `{ invariants(block: { number: ${block} }) { name claim status reason explanation left ${SIDE} relation
        right ${SIDE} firstBroken { block timestamp left ${SIDE} right ${SIDE} } } }`,
    )
    return Object.fromEntries(invariants.map((invariant: { name: string }) => [invariant.name, invariant]))
  }
  const ashao = (decimal: string) => ({ amount: { decimal, symbol: 'ASHAO' }, count: null })
  const usdc = (decimal: string) => ({ amount: { decimal, symbol: 'USDC' }, count: null })

  test('that hold show both sides, in tokens, dollars or things', async () => {
    const { balancesEqualSupply, rewardsFundedWithinRevenue, contractsUnchanged } = await at(HEAD)
    const holds = { status: 'HOLDS', reason: null, explanation: null, firstBroken: null }
    expect(balancesEqualSupply).toEqual({
      ...holds,
      name: 'balancesEqualSupply',
      claim: 'The balances of all accounts add up to totalSupply.',
      left: ashao('9885'),
      relation: '=',
      right: ashao('9885'),
    })
    expect(rewardsFundedWithinRevenue).toMatchObject({
      ...holds,
      left: usdc('300'),
      relation: '≤',
      right: usdc('1000'),
    })
    const none = { amount: null, count: '0' }
    expect(contractsUnchanged).toMatchObject({ ...holds, left: none, right: none })
  })

  test('that broke say where, and stay marked when they hold again', async () => {
    const after = await at(HEAD)
    expect(after.supplyNeverGrows).toMatchObject({
      status: 'BROKEN',
      left: ashao('5'),
      right: ashao('0'),
      firstBroken: { block: MINTED, timestamp: '2023-12-04T00:00:00Z', left: ashao('5'), right: ashao('0') },
    })
    expect(after.rewardsPaidWithinFunded).toMatchObject({
      status: 'HOLDS',
      left: usdc('230'),
      right: usdc('300'),
      firstBroken: { block: BOUGHT, left: usdc('200'), right: usdc('100') },
    })
    const then = await at(BOUGHT)
    expect(then.supplyNeverGrows).toMatchObject({ status: 'HOLDS', firstBroken: null })
    expect(then.rewardsPaidWithinFunded).toMatchObject({ status: 'BROKEN', firstBroken: { block: BOUGHT } })
  })
})

describe('lists', () => {
  test('name the prices that were seen, and the upgrades', async () => {
    const data = await api.ask(`{
      prices { id blockNumber source price stableAmount tokenAmount }
      upgrades { id contract implementation isInstallation }
      before: prices(block: { number: ${EARNED} }) { id }
    }`)
    expect(data).toEqual({
      prices: [
        {
          id: idOf(BOUGHT, 4),
          blockNumber: BOUGHT,
          source: 'BUYBACK',
          price: '2',
          stableAmount: '400000000',
          tokenAmount: '200000000000000000000',
        },
      ],
      upgrades: [
        {
          id: idOf(GENESIS_BLOCK, 9),
          contract: 'staking',
          implementation: account('9'),
          isInstallation: true,
        },
      ],
      before: [],
    })
    const refused = (await api.post(`{ prices(account: "${TEAM}") { id } }`)).json()
    expect(refused.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('show what the contracts themselves said, newest first', async () => {
    const { reconciliations } =
      await api.ask(`{ reconciliations { id blockNumber blockHash timestamp checkedAt trigger equal different
      gaps checks { figure account derived { baseUnits decimal symbol } onChain { baseUnits decimal symbol } result reason }
      standing { figure account derived { decimal symbol } onChain { baseUnits } blockNumber blockHash } } }`)
    expect(reconciliations).toEqual([
      {
        id: UNANSWERED,
        blockNumber: BOUGHT,
        blockHash: hashOf(BOUGHT),
        timestamp: '2023-11-16T12:00:00Z',
        checkedAt: '2023-11-16T12:00:20Z',
        trigger: 'INTERVAL',
        equal: 0,
        different: 0,
        gaps: 1,
        checks: [
          {
            figure: 'account.balance',
            account: TEAM,
            derived: { baseUnits: '1', decimal: '0.000000000000000001', symbol: 'ASHAO' },
            onChain: null,
            result: 'GAP',
            reason: 'the node does not answer',
          },
        ],
        standing: [
          {
            figure: 'treasury.balance',
            account: null,
            derived: { decimal: '0.000003', symbol: 'USDC' },
            onChain: { baseUnits: '2' },
            blockNumber: EARNED,
            blockHash: hashOf(EARNED),
          },
          {
            figure: 'unheard',
            account: TEAM,
            derived: null,
            onChain: null,
            blockNumber: EARNED,
            blockHash: hashOf(EARNED),
          },
        ],
      },
      expect.objectContaining({
        id: COMPARED,
        equal: 1,
        checks: [expect.objectContaining({ onChain: expect.objectContaining({ baseUnits: '1' }) })],
        standing: [],
      }),
    ])
    const { reconciliationsConnection: newest } = await api.ask(
      '{ reconciliationsConnection(first: 1) { edges { node { id } } pageInfo { endCursor hasNextPage } } }',
    )
    expect(newest).toMatchObject({ edges: [{ node: { id: UNANSWERED } }], pageInfo: { hasNextPage: true } })
    const { reconciliationsConnection: older } = await api.ask(
      `{ reconciliationsConnection(first: 1, after: "${newest.pageInfo.endCursor}") { edges { node { id } } } }`,
    )
    expect(older.edges).toEqual([{ node: { id: COMPARED } }])
    const tooMany = (await api.post('{ reconciliations(first: 101) { id } }')).json()
    expect(tooMany.errors[0].extensions).toMatchObject({ code: 'E5021', facts: { most: 100 } })
  })

  test('hold the whole dictionary', async () => {
    const { figures } = await api.ask(
      '{ figures { group name unit definition source dependsOn needsWholeHistory column } }',
    )
    expect(figures).toEqual(
      dataDictionary().map(({ column, ...entry }) => ({
        needsWholeHistory: false,
        ...entry,
        column: column === undefined ? null : sqlColumn(column),
      })),
    )
    expect(figures.length).toBeGreaterThan(80)
  })
})
