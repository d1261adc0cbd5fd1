import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventBlock } from '../../src/core/events'
import { blocksOf, HOLDERS, hashOf, history } from '../support/history'
import { createIndexerDatabase, type Dump, nameOf } from '../support/indexer-database'
import { Follower, move, BRANCHING_RULES as rules } from './follower'
import { RULES } from './source-blocks'

/** What a database says that only ever saw this chain. */
async function dumpOfChain(chain: readonly EventBlock[]): Promise<Dump> {
  const database = await createIndexerDatabase()
  await database.indexFinal(chain, rules)
  const dump = await database.dump()
  await database.close()
  return dump
}

test('after any reorganisations, the database says what one says that only saw the chain that won', async () => {
  const branches = fc.tuple(history, history, history)
  await fc.assert(
    fc.asyncProperty(branches, fc.array(move, { minLength: 3, maxLength: 8 }), async (pool, moves) => {
      const [[genesis]] = pool
      if (genesis === undefined) throw new RangeError('a history begins with a mint')
      const database = await createIndexerDatabase()
      try {
        const follower = new Follower(database, pool, genesis)
        await follower.start()
        for (const [turn, one] of moves.entries()) await follower.follow(one, turn)
        expect(await database.dump()).toEqual(await dumpOfChain(follower.blocks))
      } finally {
        await database.close()
      }
    }),
    { numRuns: 10 },
  )
})

describe('a hot block that is undone', () => {
  const [alice = '0x', newcomer = '0x'] = HOLDERS
  const mint = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: alice, value: 100n } as const
  const gift = { kind: 'transfer', from: alice, to: newcomer, value: 40n } as const
  const other = { kind: 'upgrade', contract: 'token', implementation: newcomer } as const
  const trade = { kind: 'sync', tokenReserve: 10n ** 18n, stableReserve: 10n ** 6n } as const
  const [genesis, ours, next] = blocksOf([
    [mint],
    [gift, { kind: 'stake', account: newcomer, amount: 5n }, other, trade],
    [gift],
  ])
  if (genesis === undefined || ours === undefined || next === undefined) throw new RangeError('three blocks')
  const theirs: EventBlock = { block: { ...ours.block, hash: hashOf('theirs') }, events: [] }

  test('takes the accounts with it that it brought, and gives the others their figures back', async () => {
    const database = await createIndexerDatabase()
    await database.indexFinal([genesis], RULES)
    const before = await database.dump()
    await database.indexHot(nameOf(genesis), [ours, next], nameOf(genesis), RULES)
    const during = await database.dump()
    const added = Object.entries(during).map(([table, rows]) => [
      table,
      rows.filter((row) => !before[table]?.includes(row)).length,
    ])
    // The hour and the day are changed ones: they close two blocks later.
    expect(Object.fromEntries(added.filter(([, count]) => count !== 0))).toEqual({
      account: 2,
      bucket: 2,
      coverage: 1,
      head: 1,
      invariant_break: 1,
      price: 1,
      snapshot: 2,
      stake: 1,
      transfer: 2,
      upgrade: 1,
    })
    await database.indexHot(nameOf(genesis), [theirs], nameOf(genesis), RULES)
    const { head, coverage, ...rows } = await database.dump()
    expect({ ...rows, head: before.head, coverage: before.coverage }).toEqual(before)
    expect(head?.[0]).toContain(theirs.block.hash)
    expect(coverage).toHaveLength(1)
    expect(coverage?.[0]).toContain(theirs.block.hash)
    await database.close()
  })

  test('can come back, and is then as if it had never gone', async () => {
    const database = await createIndexerDatabase()
    await database.indexFinal([genesis], RULES)
    await database.indexHot(nameOf(genesis), [ours, next], nameOf(genesis), RULES)
    const before = await database.dump()
    await database.indexHot(nameOf(genesis), [theirs], nameOf(genesis), RULES)
    await database.indexHot(nameOf(genesis), [ours, next], nameOf(next), RULES)
    expect(await database.dump()).toEqual(before)
    const { rows } = await database.client.query('SELECT height FROM squid_processor.hot_block')
    expect(rows).toEqual([])
    await database.close()
  })
})
