import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { POLICY_BURN, POLICY_REWARDS } from '../../src/core/figures/policy'
import { WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS } from '../../src/core/figures/window'
import { type Span, spanOf, WINDOW_NAMES, windowStart } from '../../src/core/window'
import { blocksOf, history, MARKET, POLICY, TREASURY } from '../support/history'
import { foldAll, last, markAt, spanBetween } from './folding'
import { replay } from './replay'

/** Places in time, as thousandths of the history's length and a little beyond its end. */
const instants = fc
  .array(fc.nat(1_100), { minLength: 3, maxLength: 3 })
  .map((places) => places.sort((one, other) => one - other))

function instantsOf(ledger: ReturnType<typeof foldAll>, places: readonly number[]): number[] {
  const times = ledger.snapshots.map(({ timestamp }) => timestamp)
  const [start = 0, end = 0] = [times[0], times.at(-1)]
  return places.map((place) => start + Math.floor(((end - start) * place) / 1_000))
}

/** Figures that add up over windows that follow one another. */
const ADDITIVE: readonly ((span: Span) => unknown)[] = [
  WINDOW.seconds.value,
  WINDOW.burned.value,
  WINDOW.revenue.value,
  WINDOW.buybackSpent.value,
  WINDOW.rewardsFunded.value,
  WINDOW.rewardsPaid.value,
  WINDOW.buybackBurned.value,
  WINDOW.transfers.value,
  ...[WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS].flatMap((leg) => [
    leg.allocated.value,
    leg.executed.value,
    leg.backlog.value,
  ]),
  ...(['stakeSeconds', 'unpricedStakeSeconds', 'stakeValueSeconds'] as const).map(
    (name) =>
      ({ opening, closing }: Span) =>
        closing[name] - opening[name],
  ),
]

describe('windows', () => {
  test('that follow one another add up to the window over both', () => {
    fc.assert(
      fc.property(history, instants, (blocks, places) => {
        const ledger = foldAll(blocks)
        const [from = 0, middle = 0, to = 0] = instantsOf(ledger, places)
        const spans = [
          [from, middle],
          [middle, to],
          [from, to],
        ] as const
        const [first, second, both] = spans.map(([start, end]) =>
          ADDITIVE.map((figure) => BigInt(figure(spanBetween(ledger, start, end)) as bigint)),
        )
        expect(first?.map((amount, index) => amount + (second?.[index] ?? 0n))).toEqual(both)
      }),
    )
  })

  test('over all time hold everything that ever happened, the first block included', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const [from = 0, to = 0] = instantsOf(ledger, [0, 1_000])
        const closing = { economy: last(ledger), timestamp: to }
        const span = spanOf('all', { from, to }, undefined, closing, POLICY) as Span
        const economy = last(ledger)
        expect(WINDOW.transfers.value(span)).toBe(economy.transferCount)
        expect(WINDOW.burned.value(span)).toBe(economy.cumulativeBurn)
        expect(WINDOW.revenue.value(span)).toBe(economy.treasuryRevenue)
        expect(WINDOW.rewardsPaid.value(span)).toBe(economy.rewardsPaid)
        const moment = { economy, policy: POLICY }
        for (const [leg, over] of [
          [POLICY_BURN, WINDOW_POLICY_BURN],
          [POLICY_REWARDS, WINDOW_POLICY_REWARDS],
        ] as const) {
          for (const name of ['allocated', 'executed', 'backlog', 'deviation'] as const) {
            expect(over[name].value(span)).toEqual(leg[name].value(moment))
          }
        }
      }),
    )
  })

  test('hold events at their end, not those at their beginning', () => {
    const income = { kind: 'stableTransfer', from: MARKET, to: TREASURY, value: 7n } as const
    const ledger = foldAll(blocksOf([[], [income], [income]]))
    const [, second = 0, third = 0] = ledger.snapshots.map(({ timestamp }) => timestamp)
    const revenueOf = (from: number, to: number) => WINDOW.revenue.value(spanBetween(ledger, from, to))
    expect([revenueOf(second, third), revenueOf(second - 1, third), revenueOf(second, third - 1)]).toEqual([
      7n,
      14n,
      0n,
    ])
  })

  test('have the lengths that their names say, and end at the instant of the answer', () => {
    const hours = WINDOW_NAMES.map((name) => (10 ** 9 - windowStart(name, 10 ** 9, 10 ** 9 - 36_000)) / 3_600)
    expect(Object.fromEntries(WINDOW_NAMES.map((name, index) => [name, hours[index]]))).toEqual({
      h1: 1,
      d1: 24,
      d7: 168,
      d30: 720,
      d365: 8_760,
      all: 10,
    })
  })

  test('that begin before the history are not covered, whatever is known of their end', () => {
    const ledger = foldAll(blocksOf([[]]))
    const start = ledger.snapshots[0]?.timestamp ?? 0
    const closing = { economy: last(ledger), timestamp: start }
    const bounds = { from: start - 1, to: start }
    expect(spanOf('h1', bounds, markAt(ledger, bounds.from), closing, POLICY)).toEqual({
      unknown: 'WINDOW_NOT_COVERED',
    })
  })

  test('rates are what happened ÷ length × 365.25 days, rounded down', () => {
    fc.assert(
      fc.property(history, instants, (blocks, places) => {
        const ledger = foldAll(blocks)
        const [from = 0, , to = 0] = instantsOf(ledger, places)
        const span = spanBetween(ledger, from, to)
        for (const name of ['burned', 'revenue', 'buybackSpent', 'rewardsFunded', 'rewardsPaid'] as const) {
          const amount = WINDOW[name].value(span) as bigint
          const rate = WINDOW[`${name}PerYear`].value(span)
          if (from === to) expect(rate).toEqual({ unknown: 'EMPTY_WINDOW' })
          else expect(rate).toBe((amount * 36_525n * 864n) / BigInt(to - from))
        }
      }),
    )
  })
})

describe('time-weighted stake', () => {
  test('its integrals are those of a second-by-second count, at any instant', () => {
    fc.assert(
      fc.property(history, fc.nat(30), (original, beyond) => {
        // Seconds are counted one by one: blocks must not be weeks apart.
        const blocks = original.map(({ block, events }) => ({
          block: { ...block, timestamp: 1_000 + 7 * block.number + (block.timestamp % 5) },
          events,
        }))
        const ledger = foldAll(blocks)
        const [start = 0] = ledger.snapshots.map(({ timestamp }) => timestamp)
        const end = (blocks.at(-1)?.block.timestamp ?? 0) + beyond
        const states = replay(blocks)
        let [stakeSeconds, unpriced, value] = [0n, 0n, 0n]
        for (let second = start; second < end; second += 1) {
          const state = states.findLast(({ timestamp }) => timestamp <= second)
          if (state === undefined) continue
          stakeSeconds += state.staked
          if (state.price === null) unpriced += state.staked
          else value += state.staked * state.price
        }
        const { closing } = spanBetween(ledger, start, end)
        expect([closing.stakeSeconds, closing.unpricedStakeSeconds, closing.stakeValueSeconds]).toEqual([
          stakeSeconds,
          unpriced,
          value,
        ])
      }),
    )
  })

  test('its integrals at every snapshot are those of a block-by-block sum, however far blocks are apart', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const states = replay(blocks)
        for (const snapshot of foldAll(blocks).snapshots) {
          let [stakeSeconds, unpriced, value] = [0n, 0n, 0n]
          for (const [index, { timestamp, staked, price }] of states.entries()) {
            const until = states[index + 1]?.timestamp ?? timestamp
            if (until > snapshot.timestamp) continue
            const held = staked * BigInt(until - timestamp)
            stakeSeconds += held
            if (price === null) unpriced += held
            else value += held * price
          }
          expect(snapshot.stakeSeconds).toBe(stakeSeconds)
          expect(snapshot.unpricedStakeSeconds).toBe(unpriced)
          expect(snapshot.stakeValueSeconds).toBe(value)
        }
      }),
    )
  })
})

describe('the rule that splits revenue', () => {
  test('gives each leg its share; what was not done yet is backlog', () => {
    fc.assert(
      fc.property(history, fc.nat(10_000), (blocks, burnBps) => {
        const policy = { ...POLICY, burnBps, rewardsBps: 10_000 - burnBps }
        const economy = last(foldAll(blocks, policy))
        const revenue = economy.treasuryRevenue
        for (const [leg, bps, executed] of [
          [POLICY_BURN, burnBps, economy.treasuryOutflowBuyback],
          [POLICY_REWARDS, 10_000 - burnBps, economy.treasuryOutflowRewards],
        ] as const) {
          const [allocated, backlog] = [leg.allocated, leg.backlog].map((one) =>
            one.value({ economy, policy }),
          )
          expect(allocated).toBe((revenue * BigInt(bps)) / 10_000n)
          expect(leg.executed.value({ economy, policy })).toBe(executed)
          expect(backlog).toBe((allocated as bigint) - executed)
          const deviation = leg.deviation.value({ economy, policy })
          const scaled = (executed * 10_000n - revenue * BigInt(bps)) * 10n ** 18n
          expect(deviation).toEqual(revenue > 0n ? scaled / (revenue * 10_000n) : { unknown: 'NO_REVENUE' })
        }
      }),
    )
  })
})
