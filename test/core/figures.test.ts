import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Economy, GENESIS } from '../../src/core/economy'
import { dataDictionary, FIGURES } from '../../src/core/figures'
import type { AccountMoment } from '../../src/core/figures/account'
import { evaluate, type Figure, type FigureValue, quotient } from '../../src/core/figures/figure'
import type { Moment } from '../../src/core/figures/moment'
import { isUnknown, type Known, UNKNOWN_REASONS } from '../../src/core/known'
import type { Policy } from '../../src/core/policy'
import type { Span } from '../../src/core/window'
import { addressOf, history, POLICY } from '../support/history'
import { foldAll, spanBetween } from './folding'

type Input = Moment & AccountMoment & Span
type Values = Readonly<Record<string, Known<FigureValue>>>

/** Every figure of every group, by its path. */
const PATHS = Object.entries(FIGURES).flatMap(([group, figures]) =>
  Object.entries<Figure<Input>>(figures).map(([name, figure]) => [`${group}.${name}`, figure] as const),
)

/** All figures at once: at the end of a span, over it, and of an account. */
function valuesOf(span: Span, staked = 0n): Values {
  const account = { address: addressOf(1), balance: 5n, staked, rewardsPaid: 7n }
  const input: Input = { ...span, economy: span.closing, account }
  return Object.fromEntries(PATHS.map(([path, figure]) => [path, evaluate(figure, input)]))
}

const PARTS = fc.record({ token: fc.boolean(), staking: fc.boolean(), stable: fc.boolean() })
const policies: fc.Arbitrary<Policy> = fc
  .record({
    partial: PARTS,
    rewardToken: fc.constantFrom('token' as const, 'stable' as const),
    unstakedWorkerBps: fc.constantFrom(0, 7_000, 10_000),
    stakedWorkerBps: fc.constantFrom(8_000, 10_000),
    burnBps: fc.constantFrom(0, 5_000, 10_000),
  })
  .map((changes) => ({ ...POLICY, ...changes }))

/** Spans of made-up histories, empty ones among them. */
const spans: fc.Arbitrary<Span> = fc
  .tuple(history, policies, fc.nat(1_000), fc.nat(1_000))
  .map(([blocks, policy, one, other]) => {
    const ledger = foldAll(blocks, policy)
    const times = ledger.snapshots.map(({ timestamp }) => timestamp)
    const [start = 0, end = 0] = [times[0], times.at(-1)]
    const at = (place: number): number => start + Math.floor(((end - start) * place) / 1_000)
    return spanBetween(ledger, at(Math.min(one, other)), at(Math.max(one, other)), policy)
  })

const EMPTY: Span = { policy: POLICY, from: 5, to: 5, opening: GENESIS, closing: GENESIS }

describe('every figure', () => {
  test('has a value or a reason on any history and under any rules, and is never NaN', () => {
    fc.assert(
      fc.property(spans, (span) => {
        for (const [path, value] of Object.entries(valuesOf(span))) {
          if (isUnknown(value)) expect(Object.keys(UNKNOWN_REASONS), path).toContain(value.unknown)
          else if (typeof value === 'number') expect(Number.isSafeInteger(value), path).toBe(true)
          else if (typeof value === 'string') expect(value, path).toMatch(/^[A-Z_]+$/)
          else expect(typeof value, path).toBe('bigint')
        }
      }),
    )
  })

  test('that needs the whole history is unknown where a contract that it depends on has only a part', () => {
    fc.assert(
      fc.property(spans, (span) => {
        const values = valuesOf(span)
        const partial = Object.entries(span.policy.partial).flatMap(([name, is]) => (is ? [name] : []))
        for (const [path, { needsWholeHistory = false, dependsOn }] of PATHS) {
          const lacks = needsWholeHistory && dependsOn.some((contract) => partial.includes(contract))
          const reason = isUnknown(values[path]) ? values[path].unknown : undefined
          expect(reason === 'HISTORY_PARTIAL', path).toBe(lacks)
        }
      }),
    )
  })

  test('that is no sum over time needs the whole history', () => {
    const needing = PATHS.filter(([, { needsWholeHistory }]) => needsWholeHistory).map(([path]) => path)
    expect(needing).toEqual([
      ...['supply.liquidFloat', 'supply.genesisBlock', 'supply.holders'],
      ...['staking.stakers', 'staking.stakingRatio', 'staking.excludedStake'],
      'buyback.averagePrice',
      ...['grossRevenueLow', 'grossRevenueHigh', 'creditsLow', 'creditsHigh'].map((name) => `usage.${name}`),
      'policy.burn.deviation',
      'policy.rewards.deviation',
      'account.workerShareBps',
      ...['averageStake', 'averageStakeValue', 'rewardsPerStaked', 'realYield'].map(
        (name) => `window.${name}`,
      ),
      ...['1y', '5y', '10y'].map((years) => `window.projectedSupply${years}`),
      'window.policy.burn.deviation',
      'window.policy.rewards.deviation',
    ])
  })

  test('of which a snapshot holds a column is what that column says', () => {
    fc.assert(
      fc.property(spans, (span) => {
        const { closing, policy } = span
        for (const [path, figure] of PATHS) {
          if (figure.column === undefined) continue
          const value = figure.value({ economy: closing, policy } as Input)
          expect(Object.keys(GENESIS), path).toContain(figure.column)
          const column = closing[figure.column as keyof Economy]
          expect(isUnknown(value) ? null : value, path).toBe(column)
        }
      }),
    )
  })

  test('is in the data dictionary, said in words', () => {
    const entries = dataDictionary()
    expect(entries.map(({ group, name }) => `${group}.${name}`)).toEqual(PATHS.map(([path]) => path))
    for (const { definition, source } of entries) {
      expect(definition).toMatch(/\S \S/)
      expect(source).toMatch(/\S/)
    }
  })
})

describe('what is unknown', () => {
  const reasonsOf = (values: Values): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([path, value]) => (isUnknown(value) ? [[path, value.unknown]] : [])),
    )

  test('before anything happened, and in a window without length, is exactly this', () => {
    expect(reasonsOf(valuesOf(EMPTY))).toEqual({
      'supply.genesisBlock': 'NO_MINT',
      'staking.stakingRatio': 'NOTHING_CIRCULATES',
      'buyback.averagePrice': 'NO_BUYBACK',
      'price.price': 'NO_PRICE',
      'price.source': 'NO_PRICE',
      'price.block': 'NO_PRICE',
      'policy.burn.deviation': 'NO_REVENUE',
      'policy.rewards.deviation': 'NO_REVENUE',
      'window.burnedPerYear': 'EMPTY_WINDOW',
      'window.revenuePerYear': 'EMPTY_WINDOW',
      'window.buybackSpentPerYear': 'EMPTY_WINDOW',
      'window.rewardsFundedPerYear': 'EMPTY_WINDOW',
      'window.rewardsPaidPerYear': 'EMPTY_WINDOW',
      'window.buybackAveragePrice': 'NO_BUYBACK',
      'window.averageStake': 'EMPTY_WINDOW',
      'window.averageStakeValue': 'EMPTY_WINDOW',
      'window.rewardsPerStaked': 'EMPTY_WINDOW',
      'window.realYield': 'EMPTY_WINDOW',
      'window.projectedSupply1y': 'EMPTY_WINDOW',
      'window.projectedSupply5y': 'EMPTY_WINDOW',
      'window.projectedSupply10y': 'EMPTY_WINDOW',
      'window.policy.burn.deviation': 'NO_REVENUE',
      'window.policy.rewards.deviation': 'NO_REVENUE',
    })
  })

  test('where nothing limits what workers keep, usage has no bound', () => {
    const generous = { ...POLICY, unstakedWorkerBps: 10_000, stakedWorkerBps: 10_000 }
    const reasons = reasonsOf(valuesOf({ ...EMPTY, policy: generous }))
    const bounds = ['grossRevenueLow', 'grossRevenueHigh', 'creditsLow', 'creditsHigh']
    expect(bounds.map((name) => reasons[`usage.${name}`])).toEqual(bounds.map(() => 'UNBOUNDED'))
    const mixed = reasonsOf(valuesOf({ ...EMPTY, policy: { ...POLICY, stakedWorkerBps: 10_000 } }))
    expect(mixed).toMatchObject({ 'usage.grossRevenueHigh': 'UNBOUNDED', 'usage.creditsHigh': 'UNBOUNDED' })
    expect(mixed).not.toHaveProperty(['usage.grossRevenueLow'])
  })

  test('is never written as 0: a ratio, a yield or a price over nothing has no value', () => {
    const nothing = { ...GENESIS, staked: 5n, treasuryOutflowBuyback: 7n, rewardsPaid: 9n, price: 1n }
    const values = valuesOf({ ...EMPTY, to: 9, closing: nothing })
    for (const path of [
      'staking.stakingRatio',
      'buyback.averagePrice',
      'policy.burn.deviation',
      'window.rewardsPerStaked',
      'window.realYield',
      'window.buybackAveragePrice',
    ]) {
      expect(values[path], path).toHaveProperty('unknown')
    }
  })
})

describe('estimates and projections', () => {
  test('usage lies between revenue ÷ 0.30 and revenue ÷ 0.20, and a credit is a cent', () => {
    const values = valuesOf({ ...EMPTY, closing: { ...GENESIS, treasuryRevenue: 60_000_001n } })
    expect(values).toMatchObject({
      'usage.grossRevenueLow': 200_000_003n,
      'usage.grossRevenueHigh': 300_000_005n,
      'usage.creditsLow': 20_000n,
      'usage.creditsHigh': 30_001n,
    })
  })

  test('what is left in so many years is what is there less so many years of burning, at least nothing', () => {
    const closing = { ...GENESIS, cumulativeBurn: 1_000n, outstandingSupply: 8_000n }
    const values = valuesOf({ ...EMPTY, from: 0, to: 31_557_600, closing })
    expect(values).toMatchObject({
      'window.burnedPerYear': 1_000n,
      'window.projectedSupply1y': 7_000n,
      'window.projectedSupply5y': 3_000n,
      'window.projectedSupply10y': 0n,
    })
  })

  test('netBurn is by how much the supply is smaller than at genesis', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const { snapshots } = foldAll(blocks)
        const genesis = snapshots[0]?.totalSupply ?? 0n
        for (const economy of snapshots) {
          const netBurn = FIGURES.supply.netBurn.value({ economy, policy: POLICY })
          expect(netBurn).toBe(genesis - economy.totalSupply)
        }
      }),
    )
  })

  test('a quotient is exact to 10⁻¹⁸, rounded towards zero', () => {
    expect([quotient(1n, 3n), quotient(-1n, 3n), quotient(2n, 1n)]).toEqual([
      333_333_333_333_333_333n,
      -333_333_333_333_333_333n,
      2n * 10n ** 18n,
    ])
  })
})
