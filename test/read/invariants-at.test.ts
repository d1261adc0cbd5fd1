import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { INVARIANT_NAMES, type InvariantName } from '../../src/core/invariants'
import type { InvariantAt, InvariantBreakAt } from '../../src/read/invariants-at'
import { addressOf, blocksOf, history, POLICY, STAKING, TREASURY } from '../support/history'
import { hasFigures } from './counted-events'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())
beforeEach(() => indexed.begin())

async function invariantsAt(number: number): Promise<ReadonlyMap<InvariantName, InvariantAt>> {
  const all = await indexed.ask({ kind: 'number', number }, (reads, asOf) => reads.invariantsAt(asOf))
  expect(all.map(({ name }) => name)).toEqual(INVARIANT_NAMES)
  return new Map(all.map((invariant) => [invariant.name, invariant]))
}

const alice = addressOf(1)
const pay = (value: bigint) => ({ kind: 'stableTransfer', from: alice, to: TREASURY, value }) as const
const fund = (value: bigint) => ({ kind: 'stableTransfer', from: TREASURY, to: STAKING, value }) as const
const reward = (amount: bigint) => ({ kind: 'reward', account: alice, amount }) as const

/** Stakers are paid more than was funded in block 3 and again in block 5; in block 4 that is made up for. */
const UNFUNDED = blocksOf([
  [{ kind: 'transfer', from: ZERO_ADDRESS, to: alice, value: 10n }, pay(100n)],
  [fund(90n), reward(90n)],
  [reward(60n)],
  [pay(100n), fund(70n)],
  [reward(30n)],
  [{ kind: 'upgrade', contract: 'token', implementation: alice }],
])

describe('an invariant that breaks, holds again and breaks again', () => {
  const firstBroken = { block: 3, timestamp: UNFUNDED[2]?.block.timestamp, left: 150n, right: 90n }

  test.each([
    { number: 1, status: 'HOLDS', left: 0n, right: 0n, firstBroken: null },
    { number: 2, status: 'HOLDS', left: 90n, right: 90n, firstBroken: null },
    { number: 3, status: 'BROKEN', left: 150n, right: 90n, firstBroken },
    { number: 4, status: 'HOLDS', left: 150n, right: 160n, firstBroken },
    { number: 5, status: 'BROKEN', left: 180n, right: 160n, firstBroken },
    { number: 6, status: 'BROKEN', left: 180n, right: 160n, firstBroken },
  ])('at block $number: $status', async ({ number, ...expected }) => {
    await indexed.index(UNFUNDED)
    const invariants = await invariantsAt(number)
    expect(invariants.get('rewardsPaidWithinFunded')).toEqual({
      name: 'rewardsPaidWithinFunded',
      claim: 'Stakers were paid at most what the treasury funded.',
      unit: 'stable',
      relation: '≤',
      reason: null,
      ...expected,
    })
    expect(invariants.get('contractsUnchanged')).toMatchObject({ status: number < 6 ? 'HOLDS' : 'BROKEN' })
  })

  test('and the batches that it was indexed in make no difference', async () => {
    for (const block of UNFUNDED) await indexed.index([block])
    expect((await invariantsAt(2)).get('rewardsPaidWithinFunded')).toMatchObject({ firstBroken: null })
    expect((await invariantsAt(6)).get('rewardsPaidWithinFunded')).toMatchObject({ firstBroken })
  })
})

test('where it first broke is the first block at which it did not hold, as of any block after it', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (blocks) => {
      await indexed.begin()
      await indexed.index(blocks)
      const broken = new Map<InvariantName, InvariantBreakAt>()
      for (const { block } of blocks.filter(hasFigures)) {
        for (const { name, status, left, right, firstBroken } of (
          await invariantsAt(block.number)
        ).values()) {
          if (status === 'BROKEN' && !broken.has(name)) {
            broken.set(name, { block: block.number, timestamp: block.timestamp, left, right })
          }
          expect(firstBroken).toEqual(broken.get(name) ?? null)
        }
      }
    }),
    { ...UNTIL_SHRUNK, numRuns: 15 },
  )
})

describe('what cannot be judged is neither held nor broken', () => {
  test('where the history of its contract is partial', async () => {
    await indexed.begin({ ...POLICY, partial: { token: true, staking: false, stable: false } })
    // What alice sends here she got before the start block.
    await indexed.index(blocksOf([[{ kind: 'transfer', from: alice, to: addressOf(2), value: 5n }]]))
    const invariants = await invariantsAt(1)
    for (const name of ['balancesEqualSupply', 'supplyWithinMax'] as const) {
      expect(invariants.get(name)).toMatchObject({
        status: 'UNKNOWN',
        reason: 'HISTORY_PARTIAL',
        firstBroken: null,
      })
    }
    expect(invariants.get('stakesEqualStaked')).toMatchObject({ status: 'HOLDS', reason: null })
    expect(invariants.get('flowsEqualBalance')).toMatchObject({ status: 'HOLDS', reason: null })
  })

  test('where its sides are amounts of different assets', async () => {
    await indexed.begin({ ...POLICY, rewardToken: 'token' })
    await indexed.index(UNFUNDED)
    expect((await invariantsAt(6)).get('rewardsPaidWithinFunded')).toMatchObject({
      status: 'UNKNOWN',
      reason: 'OTHER_ASSET',
      firstBroken: null,
    })
  })
})
