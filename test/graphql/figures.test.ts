import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { UNKNOWN_REASONS } from '../../src/core/known'
import { amount, createSlowApi, type SlowApi } from './slow-api'
import { BOUGHT, EARNED, GENESIS_BLOCK, HEAD, MINTED_FIGURES, SLOW_ECONOMY, TEAM } from './slow-economy'

let api: SlowApi

beforeAll(async () => {
  api = await createSlowApi()
})
afterAll(() => api.close())

const why = (figure: string, reason: keyof typeof UNKNOWN_REASONS) => ({
  figure,
  reason,
  explanation: UNKNOWN_REASONS[reason],
})

describe('figures at a block', () => {
  test('of supply say what was minted again, and what is liquid', async () => {
    const { supply } =
      await api.ask(`{ supply { liquidFloat { baseUnits decimal symbol } genesisBlock burnMode
      mintedAfterGenesis { decimal } mintedByBridge { decimal } netBurn { decimal } unknown { figure } } }`)
    expect(supply).toEqual({
      liquidFloat: { baseUnits: '9425000000000000000000', decimal: '9425', symbol: 'ASHAO' },
      genesisBlock: GENESIS_BLOCK,
      burnMode: 'TRANSFER',
      mintedAfterGenesis: amount('5'),
      mintedByBridge: amount('0'),
      netBurn: amount('115'),
      unknown: [],
    })
  })

  test('of staking and policy have ratios as plain decimals', async () => {
    const data = await api.ask(`{
      staking { stakingRatio excludedStake { decimal } }
      policy { revenue { decimal } burn { deviation } rewards { deviation backlog { decimal } } unknown { figure } }
      early: staking(block: { number: ${GENESIS_BLOCK} }) { stakingRatio }
    }`)
    expect(data).toEqual({
      staking: { stakingRatio: '0.030848329048843187', excludedStake: amount('0') },
      policy: {
        revenue: amount('1000'),
        burn: { deviation: '-0.1' },
        rewards: { deviation: '-0.2', backlog: amount('200') },
        unknown: [],
      },
      early: { stakingRatio: '0' },
    })
  })

  test('of buybacks, price and usage', async () => {
    const data = await api.ask(`{
      buyback { spent { decimal } burned { decimal } averagePrice paid { decimal } bought { decimal } partial }
      price { price source block asOf { block } }
      usage { isEstimate grossRevenueLow { decimal } grossRevenueHigh { decimal } creditsLow creditsHigh }
    }`)
    expect(data).toEqual({
      buyback: {
        spent: amount('400'),
        burned: amount('100'),
        averagePrice: '4',
        paid: amount('400'),
        bought: amount('200'),
        partial: false,
      },
      price: { price: '2', source: 'BUYBACK', block: BOUGHT, asOf: { block: HEAD } },
      usage: {
        isEstimate: true,
        grossRevenueLow: amount('3333.333333'),
        grossRevenueHigh: amount('5000'),
        creditsLow: '333333',
        creditsHigh: '500000',
      },
    })
  })

  test('that are not known are null, never 0, each with the reason', async () => {
    const data = await api.ask(`{
      buyback(block: { number: ${EARNED} }) { averagePrice burned { decimal } unknown { figure reason explanation } }
      price(block: { number: ${EARNED} }) { price source block unknown { figure reason explanation } }
      policy(block: { number: ${GENESIS_BLOCK} }) { burn { deviation unknown { figure reason explanation } } }
      snapshotAt(block: { number: ${EARNED} }) { price priceSource priceBlock genesisBlock unknown { figure reason explanation } }
    }`)
    expect(data).toEqual({
      buyback: { averagePrice: null, burned: amount('0'), unknown: [why('averagePrice', 'NO_BUYBACK')] },
      price: {
        price: null,
        source: null,
        block: null,
        unknown: [why('price', 'NO_PRICE'), why('source', 'NO_PRICE'), why('block', 'NO_PRICE')],
      },
      policy: { burn: { deviation: null, unknown: [why('deviation', 'NO_REVENUE')] } },
      snapshotAt: {
        price: null,
        priceSource: null,
        priceBlock: null,
        genesisBlock: GENESIS_BLOCK,
        unknown: [why('price', 'NO_PRICE'), why('priceSource', 'NO_PRICE'), why('priceBlock', 'NO_PRICE')],
      },
    })
  })

  test('of a snapshot are the stored ones: amounts in base units, the price as a decimal', async () => {
    const { price, ...figures } = MINTED_FIGURES
    const { snapshotAt } = await api.ask(
      `{ snapshotAt { ${Object.keys(MINTED_FIGURES).join(' ')} partial } }`,
    )
    expect(snapshotAt).toEqual({
      ...Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? String(value) : value,
        ]),
      ),
      price: '2',
      partial: [],
    })
  })
})

test('a partial history leaves null what needs the whole one, and marks the rest', async () => {
  const { policy } = SLOW_ECONOMY
  const partial = { ...policy, partial: { ...policy.partial, staking: true } }
  const other = await createSlowApi({ ...SLOW_ECONOMY, policy: partial })
  onTestFinished(other.close)
  const data = await other.ask(
    `{
      staking { staked { decimal } stakingRatio partial unknown { figure reason explanation } }
      accountFigures(address: "${TEAM}") { balance { decimal } workerShareBps unknown { figure reason explanation } }
      windows(names: [d1]) { partial transfers averageStake { decimal } unknown { figure reason } }
      invariants { name status reason left { count } right { count } }
      supply { partial } treasury { partial }
    }`,
  )
  expect(data).toMatchObject({
    staking: {
      staked: amount('300'),
      stakingRatio: null,
      partial: true,
      unknown: ['stakers', 'stakingRatio', 'excludedStake'].map((name) => why(name, 'HISTORY_PARTIAL')),
    },
    accountFigures: {
      balance: amount('60'),
      workerShareBps: null,
      unknown: [why('workerShareBps', 'HISTORY_PARTIAL')],
    },
    windows: [{ partial: true, transfers: 0, averageStake: null }],
    supply: { partial: true },
    treasury: { partial: false },
  })
  expect(data.windows[0].unknown).toContainEqual({ figure: 'averageStake', reason: 'HISTORY_PARTIAL' })
  expect(data.invariants).toContainEqual({
    name: 'stakesEqualStaked',
    status: 'UNKNOWN',
    reason: 'HISTORY_PARTIAL',
    left: null,
    right: null,
  })
})
