import { describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { WINDOW } from '../../src/core/figures/window'
import type { Policy } from '../../src/core/policy'
import { addressOf, blocksOf, type Draft, POLICY } from '../support/history'
import { foldAll, spanBetween } from './folding'

const ALICE = addressOf(1)
const DAY = 86_400

interface Decimals {
  readonly token: number
  readonly stable: number
  readonly rewardToken?: 'stable' | 'token'
}

/** Figures of the window from the first to the last block; each entry is the events of a block, on a day. */
function figuresOf(
  { token, stable, rewardToken = 'stable' }: Decimals,
  story: (units: Units) => (readonly [day: number, events: readonly Draft[]])[],
) {
  const reward = rewardToken === 'token' ? token : stable
  const policy: Policy = { ...POLICY, decimals: { token, stable, reward }, rewardToken }
  const units: Units = {
    mint: (tokens) => ({
      kind: 'transfer',
      from: ZERO_ADDRESS,
      to: ALICE,
      value: BigInt(tokens) * 10n ** BigInt(token),
    }),
    stake: (tokens) => ({ kind: 'stake', account: ALICE, amount: BigInt(tokens) * 10n ** BigInt(token) }),
    unstake: (tokens) => ({ kind: 'unstake', account: ALICE, amount: BigInt(tokens) * 10n ** BigInt(token) }),
    reward: (amount) => ({ kind: 'reward', account: ALICE, amount: BigInt(amount) * 10n ** BigInt(reward) }),
    pair: (tokens, dollars) => ({
      kind: 'sync',
      tokenReserve: BigInt(tokens) * 10n ** BigInt(token),
      stableReserve: BigInt(dollars) * 10n ** BigInt(stable),
    }),
  }
  const days = story(units)
  const gaps = days.map(([day], index) => (index === 0 ? 12 : (day - (days[index - 1]?.[0] ?? 0)) * DAY))
  const ledger = foldAll(
    blocksOf(
      days.map(([, events]) => events),
      1,
      gaps,
    ),
    policy,
  )
  const times = ledger.snapshots.map(({ timestamp }) => timestamp)
  const span = spanBetween(ledger, times[0] ?? 0, times.at(-1) ?? 0, policy)
  return {
    averageStake: WINDOW.averageStake.value(span),
    averageStakeValue: WINDOW.averageStakeValue.value(span),
    rewardsPerStaked: WINDOW.rewardsPerStaked.value(span),
    realYield: WINDOW.realYield.value(span),
  }
}

interface Units {
  mint(tokens: number): Draft
  stake(tokens: number): Draft
  unstake(tokens: number): Draft
  reward(amount: number): Draft
  pair(tokens: number, dollars: number): Draft
}

/** The usual ones, and others: what is counted in must not change what it says. */
const DECIMALS: [string, Decimals][] = [
  ['18 decimals of the token and 6 of the reward', { token: 18, stable: 6 }],
  ['8 decimals of the token and 18 of the reward', { token: 8, stable: 18 }],
  ['6 decimals of the token and 6 of the reward', { token: 6, stable: 6 }],
]

describe.each(DECIMALS)('real yield, with %s', (_, decimals) => {
  test('of 1,000 tokens at $0.50 that get $10 in 30 days is 24.33 % a year', () => {
    const figures = figuresOf(decimals, ({ mint, stake, pair, reward }) => [
      [0, [mint(5_000), stake(1_000), pair(200, 100)]],
      [30, [reward(10)]],
    ])
    expect(figures).toEqual({
      averageStake: 1_000n * 10n ** BigInt(decimals.token),
      averageStakeValue: 500n * 10n ** BigInt(decimals.stable),
      // 10 ÷ 1,000 × 365 ÷ 30
      rewardsPerStaked: 121_666_666_666_666_666n,
      // 10 ÷ 500 × 365 ÷ 30
      realYield: 243_333_333_333_333_333n,
    })
  })

  test('weights price and stake by time: 1,000 at $0.50, then 500 at $2, each for 15 days, get $9', () => {
    const figures = figuresOf(decimals, ({ mint, stake, unstake, pair, reward }) => [
      [0, [mint(5_000), stake(1_000), pair(200, 100)]],
      [15, [unstake(500), pair(100, 200)]],
      [30, [reward(9)]],
    ])
    expect(figures).toEqual({
      averageStake: 750n * 10n ** BigInt(decimals.token),
      // (500 + 1,000) ÷ 2
      averageStakeValue: 750n * 10n ** BigInt(decimals.stable),
      // 9 ÷ 750 × 365 ÷ 30
      rewardsPerStaked: 146_000_000_000_000_000n,
      realYield: 146_000_000_000_000_000n,
    })
  })

  test('is unknown, never 0, while nothing is staked', () => {
    const figures = figuresOf(decimals, ({ mint, pair, reward }) => [
      [0, [mint(5_000), pair(200, 100)]],
      [30, [reward(10)]],
    ])
    expect(figures).toEqual({
      averageStake: 0n,
      averageStakeValue: 0n,
      rewardsPerStaked: { unknown: 'NO_STAKE' },
      realYield: { unknown: 'NO_STAKE' },
    })
  })

  test('is unknown without a price, and the amount per token stands beside it', () => {
    const figures = figuresOf(decimals, ({ mint, stake, reward }) => [
      [0, [mint(5_000), stake(1_000)]],
      [30, [reward(10)]],
    ])
    expect(figures).toMatchObject({
      averageStakeValue: { unknown: 'NO_PRICE' },
      rewardsPerStaked: 121_666_666_666_666_666n,
      realYield: { unknown: 'NO_PRICE' },
    })
  })

  test('is unknown where something was staked before the first price', () => {
    const figures = figuresOf(decimals, ({ mint, stake, pair, reward }) => [
      [0, [mint(5_000), stake(1_000)]],
      [1, [pair(200, 100)]],
      [30, [reward(10)]],
    ])
    expect(figures).toMatchObject({
      averageStakeValue: { unknown: 'PRICE_NOT_COVERED' },
      rewardsPerStaked: 121_666_666_666_666_666n,
      realYield: { unknown: 'PRICE_NOT_COVERED' },
    })
  })

  test('is known where the first price came before the first stake', () => {
    const figures = figuresOf(decimals, ({ mint, stake, pair, reward }) => [
      [0, [mint(5_000)]],
      [10, [pair(200, 100)]],
      [20, [stake(1_500)]],
      [30, [reward(10)]],
    ])
    // 1,500 tokens for a third of the time: as 500 throughout; 10 ÷ 250 × 365 ÷ 30.
    expect(figures).toMatchObject({
      averageStakeValue: 250n * 10n ** BigInt(decimals.stable),
      realYield: 486_666_666_666_666_666n,
    })
  })

  test('of rewards in the token itself needs no price', () => {
    const figures = figuresOf({ ...decimals, rewardToken: 'token' }, ({ mint, stake, reward }) => [
      [0, [mint(5_000), stake(1_000)]],
      [30, [reward(10)]],
    ])
    expect(figures).toMatchObject({
      averageStakeValue: { unknown: 'NO_PRICE' },
      rewardsPerStaked: 121_666_666_666_666_666n,
      realYield: 121_666_666_666_666_666n,
    })
  })

  test('is unknown in a window without length', () => {
    const figures = figuresOf(decimals, ({ mint, stake, pair }) => [
      [0, [mint(5_000), stake(1_000), pair(200, 100)]],
    ])
    const unknown = { unknown: 'EMPTY_WINDOW' }
    expect(figures).toEqual({
      averageStake: unknown,
      averageStakeValue: unknown,
      rewardsPerStaked: unknown,
      realYield: unknown,
    })
  })
})
