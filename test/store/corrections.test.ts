import fc from 'fast-check'
import type { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GENESIS } from '../../src/core/economy'
import type { EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import { addedRows } from '../../src/store/stored-rows'
import { Follower, move } from '../indexer/follower'
import { RULES } from '../indexer/source-blocks'
import { blocksOf, type Draft, HOLDERS, hashOf, history, POLICY, START, sha256 } from '../support/history'
import { createIndexerDatabase, type IndexerDatabase, nameOf } from '../support/indexer-database'

/** The tables to which the writers only add. */
const LEDGER = addedRows({
  ledger: fold(START, [], POLICY, sha256),
  head: { number: 0, hash: '0x', parentHash: null, timestamp: GENESIS.eventCount },
  coverage: [],
}).map(({ entity }) => entity.name.replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase())

let database: IndexerDatabase
beforeEach(async () => {
  database = await createIndexerDatabase()
})
afterEach(() => database.close())

/** Every row of the ledger with the hash of its block, as text. */
async function ledgerRows(client: Client): Promise<Set<string>> {
  const found = new Set<string>()
  for (const table of LEDGER) {
    const { rows } = await client.query<{ line: string }>(
      `SELECT concat_ws(' ', upper($1::text), row.id, row.block_number, snapshot.hash, row_to_json(row)) AS line
       FROM "${table}" row JOIN snapshot ON snapshot.block_number = row.block_number`,
      [table],
    )
    for (const { line } of rows) found.add(line)
  }
  return found
}

/** The same of rows that were taken back, after one of them. */
async function takenBack(client: Client, after = ''): Promise<{ lines: string[]; newest: string }> {
  const { rows } = await client.query<Record<'id' | 'entity' | 'row_id' | 'content' | 'block_hash', string>>(
    'SELECT * FROM correction WHERE id > $1 ORDER BY id',
    [after],
  )
  const lines = rows.map(({ entity, row_id, block_hash, content, ...row }) => {
    const { block_number } = row as unknown as { block_number: number }
    return [entity, row_id, block_number, block_hash, content].join(' ')
  })
  return { lines, newest: rows.at(-1)?.id ?? after }
}

/** Values as text, in whatever way their row was written. */
function normal(line: string): string {
  const start = line.indexOf('{')
  const values = JSON.parse(line.slice(start).replaceAll(/:\s*(-?\d+(\.\d+)?)(?=[,}])/g, ':"$1"')) as object
  const texts = Object.entries(values).map(([name, value]) => `${name}=${value}`)
  return line.slice(0, start) + texts.join()
}

test('after any commit, what was there and is not any more is what was taken back in it, once each', async () => {
  const branches = fc.tuple(history, history, history)
  let count = 0
  await fc.assert(
    fc.asyncProperty(branches, fc.array(move, { minLength: 3, maxLength: 8 }), async (pool, moves) => {
      const [[genesis]] = pool
      if (genesis === undefined) throw new RangeError('a history begins with a mint')
      const one = await createIndexerDatabase()
      await one.client.query(`SET timezone TO 'UTC'`)
      try {
        const follower = new Follower(one, pool, genesis)
        await follower.start()
        let newest = ''
        let before = await ledgerRows(one.client)
        for (const [turn, each] of moves.entries()) {
          await follower.follow(each, turn)
          const after = await ledgerRows(one.client)
          const gone = [...before].filter((line) => !after.has(line))
          const taken = await takenBack(one.client, newest)
          expect(taken.lines.map(normal).sort()).toEqual(gone.map(normal).sort())
          ;({ newest } = taken)
          before = after
          count += gone.length
        }
      } finally {
        await one.close()
      }
    }),
    { numRuns: 8 },
  )
  // Else nothing was compared.
  expect(count).toBeGreaterThan(10)
})

describe('a block that is taken back', () => {
  const [alice = '0x'] = HOLDERS
  const gift: Draft = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: alice, value: 2n ** 255n }
  const [genesis, ours, empty, next] = blocksOf([[gift], [gift], [], [gift, gift]]) as [
    EventBlock,
    EventBlock,
    EventBlock,
    EventBlock,
  ]
  const theirs: EventBlock = { block: { ...empty.block, hash: hashOf('theirs') }, events: [] }
  const rows = async () =>
    (await database.client.query<Record<string, unknown>>('SELECT * FROM correction ORDER BY id')).rows

  beforeEach(async () => {
    await database.indexFinal([genesis], RULES)
    await database.indexHot(nameOf(genesis), [ours, empty, next], nameOf(genesis), RULES)
  })

  test('is named by its hash, with its rows as they were and the newest block that is left', async () => {
    await database.indexHot(nameOf(ours), [theirs], nameOf(genesis), RULES)
    const found = await rows()
    expect(found.map(({ entity, row_id }) => `${entity} ${row_id}`)).toEqual([
      'SNAPSHOT 0000000004',
      'TRANSFER 0000000004-000001',
      'TRANSFER 0000000004-000000',
    ])
    for (const row of found) {
      // The block without events is taken back, too.
      expect(row).toMatchObject({
        block_number: 4,
        block_hash: next.block.hash,
        base_block: ours.block.number,
      })
    }
    const { value, to_balance, timestamp } = JSON.parse(String(found[2]?.content))
    expect({ value, to_balance, timestamp }).toEqual({
      value: String(2n ** 255n),
      to_balance: String(3n * 2n ** 255n),
      timestamp: '2023-11-14T22:14:08+00:00',
    })
  })

  test('and that comes back in the same commit was never gone', async () => {
    await database.indexHot(nameOf(genesis), [ours, empty, next], nameOf(genesis), RULES)
    expect(await rows()).toEqual([])
  })

  test('and that comes back in part takes back the rest, from the newest block that did', async () => {
    await database.indexHot(nameOf(genesis), [ours, theirs], nameOf(genesis), RULES)
    expect((await rows()).map(({ block_number, base_block }) => [block_number, base_block])).toEqual([
      [4, 2],
      [4, 2],
      [4, 2],
    ])
  })

  test('and that comes back as final, after a start, was never gone either', async () => {
    // What the SDK does with blocks that became final while nobody was there.
    await database.indexFinal([ours, empty, next], RULES)
    expect(await rows()).toEqual([])
  })

  test('is told again whenever it is taken back again', async () => {
    await database.indexHot(nameOf(ours), [theirs], nameOf(genesis), RULES)
    await database.indexHot(nameOf(ours), [empty, next], nameOf(genesis), RULES)
    expect(await rows()).toHaveLength(3)
    await database.indexHot(nameOf(ours), [theirs], nameOf(genesis), RULES)
    expect((await rows()).map(({ id }) => Number(id))).toEqual([1, 2, 3, 4, 5, 6])
  })
})
