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

/** What the log says that took the place of a block. */
interface Replacement {
  readonly hash: string | null
  readonly timestamp: number | null
}

/**
 * What took a block's place is known from the commit on in which it was indexed, and stays; of a block without events only if
 * it could still be undone then, or was the newest of those that could not.
 * @param known what was said before, by the id of the correction; brought up to date
 */
async function expectReplacements(
  client: Client,
  chain: readonly EventBlock[],
  known: Map<string, Replacement>,
): Promise<void> {
  const { rows } = await client.query<{ id: string; number: number; time: number } & Replacement>(
    `SELECT id, block_number AS number, replacement_hash AS hash, extract(epoch FROM block_timestamp)::int AS time,
            extract(epoch FROM replacement_timestamp)::int AS timestamp FROM correction`,
  )
  const { rows: states } = await client.query<{ height: number }>('SELECT height FROM squid_processor.status')
  const final = states[0]?.height ?? 0
  for (const { id, number, hash, time, timestamp } of rows) {
    // Blocks of these chains are twelve seconds apart.
    expect(time).toBe((chain[0]?.block.timestamp ?? 0) + 12 * (number - (chain[0]?.block.number ?? 0)))
    const found = chain.find(({ block }) => block.number === number)
    if (!known.has(id) && found !== undefined) {
      const isKnown = found.events.length > 0 || number >= final
      known.set(id, isKnown ? found.block : { hash: null, timestamp: null })
    }
    const expected = known.get(id) ?? { hash: null, timestamp: null }
    expect({ id, hash, timestamp }).toEqual({ id, hash: expected.hash, timestamp: expected.timestamp })
  }
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
  let [count, replaced] = [0, 0]
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
        const known = new Map<string, Replacement>()
        let before = await ledgerRows(one.client)
        for (const [turn, each] of moves.entries()) {
          await follower.follow(each, turn)
          const after = await ledgerRows(one.client)
          const gone = [...before].filter((line) => !after.has(line))
          const taken = await takenBack(one.client, newest)
          expect(taken.lines.map(normal).sort()).toEqual(gone.map(normal).sort())
          await expectReplacements(one.client, follower.blocks, known)
          ;({ newest } = taken)
          before = after
          count += gone.length
        }
        replaced += [...known.values()].filter(({ hash }) => hash !== null).length
      } finally {
        await one.close()
      }
    }),
    { numRuns: 8 },
  )
  // Else nothing was compared.
  expect(count).toBeGreaterThan(0)
  expect(replaced).toBeGreaterThan(0)
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

  const timeOf = ({ block }: EventBlock) => new Date(block.timestamp * 1000)

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
        block_timestamp: timeOf(next),
        base_block: ours.block.number,
        // The chain that won has not come as far yet.
        replacement_hash: null,
        replacement_timestamp: null,
      })
    }
    const { value, to_balance, timestamp } = JSON.parse(String(found[2]?.content))
    expect({ value, to_balance, timestamp }).toEqual({
      value: String(2n ** 255n),
      to_balance: String(3n * 2n ** 255n),
      timestamp: '2023-11-14T22:14:08+00:00',
    })
  })

  test('is named with the block that took its place, once that is indexed, and for good', async () => {
    const place = async () => [
      ...new Set((await rows()).map((row) => `${row.replacement_hash} ${row.replacement_timestamp}`)),
    ]
    const [empty4, empty4again] = ['their fourth', 'their fourth again'].map(
      (name): EventBlock => ({ block: { ...next.block, hash: hashOf(name) }, events: [] }),
    ) as [EventBlock, EventBlock]
    await database.indexHot(nameOf(ours), [theirs], nameOf(genesis), RULES)
    expect(await place()).toEqual(['null null'])
    await database.indexHot(nameOf(theirs), [empty4], nameOf(genesis), RULES)
    const first = [`${empty4.block.hash} ${timeOf(empty4)}`]
    expect(await place()).toEqual(first)
    await database.indexHot(nameOf(theirs), [empty4again], nameOf(genesis), RULES)
    expect(await place()).toEqual(first)
  })

  test('is named with itself where it comes back later', async () => {
    await database.indexHot(nameOf(ours), [theirs], nameOf(genesis), RULES)
    await database.indexHot(nameOf(ours), [empty, next], nameOf(genesis), RULES)
    for (const row of await rows()) {
      expect(row).toMatchObject({
        replacement_hash: next.block.hash,
        replacement_timestamp: timeOf(next),
      })
    }
  })

  test('is named with the final block that took its place, where that has events or is the newest', async () => {
    const other = ({ block }: EventBlock, events: EventBlock['events']): EventBlock => ({
      block: { ...block, hash: hashOf('other', block.number, events.length) },
      events,
    })
    await database.indexHot(nameOf(ours), [other(empty, ours.events), next], nameOf(genesis), RULES)
    await database.client.query('TRUNCATE correction')
    const final = [other(ours, ours.events), other(empty, []), other(next, [])]
    await database.indexFinal(final, RULES)
    const [second, , fourth] = final.map(({ block }) => block.hash)
    const found = (await rows()).map((row) => `${row.block_number} ${row.replacement_hash}`)
    expect(new Set(found)).toEqual(new Set([`4 ${fourth}`, '3 null', `2 ${second}`]))
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
