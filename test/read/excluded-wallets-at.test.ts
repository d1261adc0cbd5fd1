import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import {
  addressOf,
  blocksOf,
  DEAD,
  GRANT,
  GRANT_BLOCK,
  history,
  SECOND_TREASURY,
  TREASURY,
  VESTING,
} from '../support/history'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())
beforeEach(() => indexed.begin())

const at = (number: number) =>
  indexed.ask({ kind: 'number', number }, async (reads, asOf) => ({
    wallets: await reads.excludedWalletsAt(asOf),
    economy: (await reads.economyAt(asOf)).economy,
  }))

test('their balances add up to excludedBalance at every block, with or without events', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (blocks) => {
      await indexed.begin()
      await indexed.index(blocks)
      for (const { block } of blocks) {
        const { wallets, economy } = await at(block.number)
        expect(wallets.reduce((sum, { balance }) => sum + balance, 0n)).toBe(economy.excludedBalance)
        expect(new Set(wallets.map(({ address }) => address)).size).toBe(wallets.length)
        const dead = wallets.filter(({ label }) => label === 'Dead address')
        expect(dead.reduce((sum, { balance }) => sum + balance, 0n)).toBe(economy.deadBurn)
      }
    }),
    { ...UNTIL_SHRUNK, numRuns: 10 },
  )
})

test('an entry of the list is there from its block on, with what it held before', async () => {
  const give = (to: typeof GRANT, value: bigint) =>
    ({ kind: 'transfer', from: addressOf(1), to, value }) as const
  const mint = { kind: 'transfer', from: ZERO_ADDRESS, to: addressOf(1), value: 1_000n } as const
  const first = [mint, give(GRANT, 30n), give(VESTING, 5n), give(TREASURY, 2n), give(DEAD, 1n)]
  // Nothing happens at the block from which the grant is excluded, nor at the one after it.
  const empty = Array.from({ length: GRANT_BLOCK }, () => [])
  await indexed.index(blocksOf([first, ...empty, [give(GRANT, 40n)]]))
  const others = [
    { address: TREASURY, label: 'Treasury', fromBlock: null, balance: 2n },
    { address: SECOND_TREASURY, label: 'Treasury', fromBlock: null, balance: 0n },
    { address: VESTING, label: 'Team vesting', fromBlock: 0, balance: 5n },
  ]
  const dead = { address: DEAD, label: 'Dead address', fromBlock: null, balance: 1n }
  const grant = { address: GRANT, label: 'Grant', fromBlock: GRANT_BLOCK, balance: 30n }
  for (const [block, wallets, excludedBalance] of [
    [1, [...others, dead], 8n],
    [GRANT_BLOCK - 1, [...others, dead], 8n],
    [GRANT_BLOCK, [...others, grant, dead], 38n],
    [GRANT_BLOCK + 1, [...others, grant, dead], 38n],
    [GRANT_BLOCK + 2, [...others, { ...grant, balance: 70n }, dead], 78n],
  ] as const) {
    const answer = await at(block)
    expect(answer.wallets).toEqual(wallets)
    expect(answer.economy).toMatchObject({ excludedBalance, circulatingSupply: 1_000n - excludedBalance })
  }
})
