import { describe, expect, test } from 'vitest'
import type { AccountState } from '../../src/core/economy'
import { createAccountMemory } from '../../src/indexer/account-memory'
import { addressOf, hashOf } from '../support/history'

const account = (balance: bigint): AccountState => ({
  balance,
  staked: 0n,
  rewardsPaid: 0n,
  firstBlock: 1,
  lastBlock: 2,
})
const [ALICE, BOB] = [addressOf(1), addressOf(2)]
const [FIRST, SECOND] = [hashOf('block', 1), hashOf('block', 2)]

describe('accounts are known', () => {
  test('as of the newest stored block alone: by another hash nothing is', () => {
    const memory = createAccountMemory()
    memory.remember(FIRST, [[ALICE, account(1n)]])
    expect([...memory.recall(FIRST)]).toEqual([[ALICE, account(1n)]])
    expect(memory.recall(SECOND).size).toBe(0)
    // What was forgotten stays so: between the two, anything may have been undone.
    expect(memory.recall(FIRST).size).toBe(0)
  })

  test('not where nothing is stored', () => {
    const memory = createAccountMemory()
    memory.remember(FIRST, [[ALICE, account(1n)]])
    expect(memory.recall(undefined).size).toBe(0)
  })

  test('with what the newest batch wrote beside what those before it did', () => {
    const memory = createAccountMemory()
    const both = [
      [ALICE, account(1n)],
      [BOB, account(2n)],
    ] as const
    memory.remember(FIRST, both)
    memory.remember(SECOND, [[ALICE, account(3n)]])
    expect(memory.recall(SECOND).get(ALICE)).toEqual(account(3n))
    expect(memory.recall(SECOND).get(BOB)).toEqual(account(2n))
  })

  test('in bounded number', () => {
    const memory = createAccountMemory()
    for (let batch = 0; batch < 15; batch += 1) {
      const head = hashOf('block', batch)
      memory.remember(
        head,
        Array.from({ length: 10_000 }, (_, n) => [addressOf(batch * 10_000 + n), account(1n)] as const),
      )
      expect(memory.recall(head).size).toBeLessThanOrEqual(110_000)
      expect(memory.recall(head).get(addressOf(batch * 10_000))).toEqual(account(1n))
    }
  })
})
