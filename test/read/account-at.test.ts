import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { fold } from '../../src/core/fold'
import { addressOf, HOLDERS, history, POLICY, START, sha256 } from '../support/history'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())

test('an account has at every block what the events up to there left it with', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (blocks, place) => {
      await indexed.begin()
      await indexed.index(blocks)
      const upTo = blocks.slice(0, 1 + (place % blocks.length))
      const { number = 0 } = upTo.at(-1)?.block ?? {}
      const folded = new Map(
        fold(START, upTo, POLICY, sha256).accounts.map(({ address, ...account }) => [address, account]),
      )
      // Some of them have been named, others not, nor those whose addresses are next to them.
      const asked = [...folded.keys(), ...HOLDERS, addressOf(0xee), addressOf(0xffff), ZERO_ADDRESS]
      for (const address of asked) {
        const { balance, staked, rewardsPaid } = folded.get(address) ?? {
          balance: 0n,
          staked: 0n,
          rewardsPaid: 0n,
        }
        const account = await indexed.ask({ kind: 'number', number }, (reads, asOf) =>
          reads.accountAt(asOf, address),
        )
        expect(account).toEqual({ address, balance, staked, rewardsPaid })
      }
    }),
    { ...UNTIL_SHRUNK, numRuns: 20 },
  )
})
