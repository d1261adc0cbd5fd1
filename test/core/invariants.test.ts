import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Economy, GENESIS } from '../../src/core/economy'
import { fold } from '../../src/core/fold'
import { INVARIANT_NAMES, INVARIANTS, type InvariantName, judge } from '../../src/core/invariants'
import type { Policy } from '../../src/core/policy'
import { history, POLICY, START, sha256 } from '../support/history'
import { after, foldAll } from './folding'

/** Figures that break one invariant by the smallest amount, and that amount's two sides. */
const BREAKS: Readonly<Record<InvariantName, [Partial<Economy>, left: bigint, right: bigint]>> = {
  balancesEqualSupply: [{ balanceSum: 4n, totalSupply: 5n }, 4n, 5n],
  stakesEqualStaked: [{ stakeSum: 6n, staked: 5n }, 6n, 5n],
  supplyWithinMax: [
    { totalSupply: 10n ** 27n + 1n, balanceSum: 10n ** 27n + 1n },
    10n ** 27n + 1n,
    10n ** 27n,
  ],
  supplyNeverGrows: [{ mintedAfterGenesis: 1n }, 1n, 0n],
  rewardsPaidWithinFunded: [
    { rewardsPaid: 8n, treasuryOutflowRewards: 7n, treasuryRevenue: 7n, treasuryBalance: 0n },
    8n,
    7n,
  ],
  rewardsFundedWithinRevenue: [
    { treasuryOutflowRewards: 8n, treasuryRevenue: 7n, treasuryInternalInflow: 1n },
    8n,
    7n,
  ],
  flowsEqualBalance: [{ treasuryRevenue: 7n, treasuryBalance: 6n }, 7n, 6n],
  contractsUnchanged: [{ upgradeCount: 1 }, 1n, 0n],
}

const brokenBy = (economy: Economy, policy: Policy = POLICY): InvariantName[] =>
  INVARIANT_NAMES.filter((name) => judge(name, economy, policy).status === 'BROKEN')

describe('invariants', () => {
  test('all hold before anything happened', () => {
    expect(brokenBy(GENESIS)).toEqual([])
  })

  test.each(INVARIANT_NAMES)(
    '%s is broken by figures that differ in the last unit, and no other is',
    (name) => {
      const [figures, left, right] = BREAKS[name]
      const economy = { ...GENESIS, ...figures }
      expect(judge(name, economy, POLICY)).toMatchObject({ status: 'BROKEN', reason: null, left, right })
      expect(brokenBy(economy)).toEqual([name])
    },
  )

  test('those that are sums hold on any history, and none is unknown where nothing was left out', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        for (const snapshot of foldAll(blocks).snapshots) {
          for (const name of ['balancesEqualSupply', 'stakesEqualStaked', 'flowsEqualBalance'] as const) {
            expect(judge(name, snapshot, POLICY).status, name).toBe('HOLDS')
          }
          for (const name of INVARIANT_NAMES) expect(judge(name, snapshot, POLICY).reason, name).toBeNull()
        }
      }),
    )
  })

  test('a break is noted once, at the first block at which it is one, with both sides of then', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const { snapshots, invariantBreaks } = foldAll(blocks)
        const expected = INVARIANT_NAMES.flatMap((invariant) => {
          const first = snapshots.find((economy) => judge(invariant, economy, POLICY).status === 'BROKEN')
          if (first === undefined) return []
          const { blockNumber, timestamp } = first
          const { left, right } = judge(invariant, first, POLICY)
          return [{ invariant, blockNumber, timestamp, left, right }]
        })
        const sorted = [...expected].sort((one, other) => one.blockNumber - other.blockNumber)
        expect(invariantBreaks).toEqual(sorted)
      }),
    )
  })

  test('a break that was noted is not noted again by a later batch', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const state = after(START, blocks, ledger)
        const number = state.blockNumber + 1
        const block = { ...(blocks.at(-1) as (typeof blocks)[number]), events: [] }
        const policy = { ...POLICY, startBlock: number }
        const again = fold(state, [{ ...block, block: { ...block.block, number } }], policy, sha256)
        expect(again.snapshots).toHaveLength(1)
        expect(again.invariantBreaks).toEqual([])
      }),
    )
  })

  test('over partial history, those that need the whole of a contract cannot be judged', () => {
    fc.assert(
      fc.property(
        fc.record({ token: fc.boolean(), staking: fc.boolean(), stable: fc.boolean() }),
        (partial) => {
          const policy = { ...POLICY, partial }
          for (const name of INVARIANT_NAMES) {
            const needs: readonly (keyof typeof partial)[] = INVARIANTS[name].dependsOn
            const economy = { ...GENESIS, ...BREAKS[name][0] }
            expect(judge(name, economy, policy)).toMatchObject(
              needs.some((contract) => partial[contract])
                ? { status: 'UNKNOWN', reason: 'HISTORY_PARTIAL' }
                : { status: 'BROKEN', reason: null },
            )
          }
        },
      ),
    )
  })

  test('rewards in the token are not compared with what the treasury funded in another asset', () => {
    const economy = { ...GENESIS, ...BREAKS.rewardsPaidWithinFunded[0] }
    const policy: Policy = { ...POLICY, rewardToken: 'token' }
    expect(judge('rewardsPaidWithinFunded', economy, policy)).toMatchObject({
      status: 'UNKNOWN',
      reason: 'OTHER_ASSET',
    })
  })

  test('supply may reach the cap', () => {
    const full = { ...GENESIS, totalSupply: POLICY.maxSupply, balanceSum: POLICY.maxSupply }
    expect(brokenBy(full)).toEqual([])
  })
})
