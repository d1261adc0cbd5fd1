import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SourceBlock } from '../../src/chain/source/source-block'
import type { EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import { createAccountMemory } from '../../src/indexer/account-memory'
import { handleBatch } from '../../src/indexer/handle-batch'
import { blocksOf, hashOf, history, POLICY, START, sha256 } from '../support/history'
import { createIndexerDatabase, type IndexerDatabase, nameOf } from '../support/indexer-database'
import { RULES, sourceBlocks } from './source-blocks'

let database: IndexerDatabase

beforeEach(async () => {
  database = await createIndexerDatabase()
})

afterEach(() => database.close())

/** Histories that have something of everything in them: the same ones in each run. */
const HISTORIES = fc.sample(history, { seed: 20_261_121, numRuns: 200 }).filter((blocks) => {
  const kinds = new Set(blocks.flatMap(({ events }) => events.map(({ kind }) => kind)))
  return kinds.size === 8 && blocks.length > 8
})
const [BLOCKS = []] = HISTORIES

const lastOf = (blocks: readonly EventBlock[]): EventBlock => {
  const block = blocks.at(-1)
  if (block === undefined) throw new RangeError('no block')
  return block
}

/** A name for the batch after these blocks. */
const after = (blocks: readonly EventBlock[], more = 1) => {
  const height = lastOf(blocks).block.number + more
  return { height, hash: hashOf('block', height) }
}

/** Of a process that has just begun. */
const rules = () => ({ ...RULES, memory: createAccountMemory() })

const work = (blocks: readonly EventBlock[]) => sourceBlocks(blocks, RULES.sources)

test('the sample holds every kind of event', () => {
  expect(BLOCKS.length).toBeGreaterThan(8)
})

describe('a batch', () => {
  test('says where it ended and how many events there are since the start of history', async () => {
    const events = BLOCKS.reduce((count, block) => count + block.events.length, 0)
    expect(await database.indexFinal(BLOCKS, RULES)).toMatchObject({
      head: lastOf(BLOCKS).block,
      eventCount: events,
    })
  })

  test('says which contracts got other code, and which invariants broke, each once', async () => {
    const { upgrades, invariantBreaks } = fold(START, BLOCKS, POLICY, sha256)
    expect(upgrades.length).toBeGreaterThan(0)
    expect(invariantBreaks.length).toBeGreaterThan(0)
    const said = { upgrades: [] as unknown[], invariantBreaks: [] as unknown[] }
    for (const block of BLOCKS) {
      const result = await database.indexFinal([block], RULES)
      said.upgrades.push(...(result?.upgrades ?? []))
      said.invariantBreaks.push(...(result?.invariantBreaks ?? []))
    }
    expect(said).toEqual({ upgrades, invariantBreaks })
  })

  test('that is run twice changes nothing the second time', async () => {
    await database.indexFinal(BLOCKS, RULES)
    const once = await database.dump()
    let result: unknown = 'not run'
    await database.finalized(after(BLOCKS), async (store) => {
      result = await handleBatch(store, work(BLOCKS), rules())
    })
    expect(result).toBeUndefined()
    expect(await database.dump()).toEqual(once)
    expect(once.snapshot?.length).toBeGreaterThan(0)
  })

  test('that is run twice within one transaction changes nothing the second time', async () => {
    const twin = await createIndexerDatabase()
    await twin.indexFinal(BLOCKS, RULES)
    await database.finalized(nameOf(lastOf(BLOCKS)), async (store) => {
      await handleBatch(store, work(BLOCKS), rules())
      expect(await handleBatch(store, work(BLOCKS), rules())).toBeUndefined()
    })
    expect(await database.dump()).toEqual(await twin.dump())
    await twin.close()
  })

  test('that overlaps the index adds only what is new', async () => {
    const twin = await createIndexerDatabase()
    await twin.indexFinal(BLOCKS, RULES)
    await database.indexFinal(BLOCKS.slice(0, 5), RULES)
    await database.finalized(nameOf(lastOf(BLOCKS)), async (store) => {
      await handleBatch(store, work(BLOCKS.slice(2)), rules())
    })
    expect(await database.dump()).toEqual(await twin.dump())
    await twin.close()
  })

  test('that is cut off leaves nothing, and run again it gives the same rows', async () => {
    const twin = await createIndexerDatabase()
    await twin.indexFinal(BLOCKS, RULES)
    await database.indexFinal(BLOCKS.slice(0, 4), RULES)
    const before = await database.dump()
    const power = new Error('power cut')
    const cutOff = database.finalized(nameOf(lastOf(BLOCKS)), async (store) => {
      await handleBatch(store, work(BLOCKS.slice(4)), rules())
      throw power
    })
    await expect(cutOff).rejects.toBe(power)
    expect(await database.dump()).toEqual(before)
    await database.indexFinal(BLOCKS.slice(4), RULES)
    expect(await database.dump()).toEqual(await twin.dump())
    await twin.close()
  })

  test('without events moves the head and nothing else', async () => {
    await database.indexFinal(BLOCKS, RULES)
    const before = await database.dump()
    const number = lastOf(BLOCKS).block.number + 90
    const block = {
      number,
      hash: hashOf('block', number),
      parentHash: hashOf('block', number - 1),
      timestamp: 1_800_000_000,
    }
    const { eventCount } = (await database.indexFinal([{ block, events: [] }], RULES)) ?? {}
    expect(eventCount).toBe(BLOCKS.reduce((count, { events }) => count + events.length, 0))
    const { head, coverage, ...others } = await database.dump()
    const { head: _, coverage: covered, ...unchanged } = before
    expect(others).toEqual(unchanged)
    expect([covered?.length, coverage?.length]).toEqual([1, 1])
    expect(coverage?.[0]).toContain(`,${number},${block.hash},`)
    expect(head).toEqual([`(head,${number},${block.hash},"2027-01-15 08:00:00+00")`])
  })
})

describe('how blocks were read', () => {
  const bloom = { source: 'RPC', verification: 'BLOOM' } as const
  const covered = async () =>
    (
      await database.client.query(
        'SELECT from_block, to_block, to_hash, source, verification, blocks_checked FROM coverage ORDER BY id',
      )
    ).rows
  const [first, second, third] = blocksOf([[], [], []])
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('three blocks')
  const row = (from: number, to: EventBlock, source: string, verification: string, checked: number) => ({
    from_block: from,
    to_block: to.block.number,
    to_hash: to.block.hash,
    source,
    verification,
    blocks_checked: checked,
  })

  test('is kept run by run, from the start block to the last one', async () => {
    const batches: [EventBlock, SourceBlock['coverage']][] = [
      [first, undefined],
      [second, { ...bloom, fromBlock: 2, blocksChecked: 1 }],
      [third, { ...bloom, fromBlock: 3, blocksChecked: 1 }],
    ]
    for (const [block, coverage] of batches) {
      await database.finalized(nameOf(block), async (store) => {
        const blocks = work([block]).map((each) => ({ ...each, ...(coverage && { coverage }) }))
        await handleBatch(store, blocks, rules())
      })
    }
    expect(await covered()).toEqual([row(1, first, 'GATEWAY', 'NONE', 0), row(2, third, 'RPC', 'BLOOM', 2)])
  })

  test('and by nobody is refused, and nothing is written', async () => {
    await database.indexFinal([first], RULES)
    const before = await database.dump()
    const batch = database.finalized(nameOf(third), async (store) => {
      const coverage = { ...bloom, fromBlock: 3, blocksChecked: 1 }
      await handleBatch(
        store,
        work([third]).map((block) => ({ ...block, coverage })),
        rules(),
      )
    })
    await expect(batch).rejects.toMatchObject({ code: 'E2005', facts: { from: 2, to: 2 } })
    expect(await database.dump()).toEqual(before)
  })
})

test('a block that was read without its header is kept without its parent', async () => {
  const [block] = BLOCKS as [EventBlock]
  await database.indexFinal([{ ...block, block: { ...block.block, parentHash: null } }], RULES)
  const { rows } = await database.client.query('SELECT hash, parent_hash FROM snapshot')
  expect(rows).toEqual([{ hash: block.block.hash, parent_hash: null }])
})

describe('a source that contradicts the index', () => {
  const index = BLOCKS.findIndex(({ events }, at) => at > 0 && at < BLOCKS.length - 1 && events.length > 0)

  test.each([
    ['at the head', BLOCKS.length - 1],
    ['below it', index],
  ])('is refused %s, and nothing is written', async (_, at) => {
    await database.indexFinal(BLOCKS, RULES)
    const before = await database.dump()
    const block = BLOCKS[at]?.block ?? lastOf(BLOCKS).block
    const other: EventBlock = { block: { ...block, hash: hashOf('another', at) }, events: [] }
    const later: EventBlock = {
      block: { ...block, number: 1_000, hash: hashOf('block', 1_000), parentHash: hashOf('block', 999) },
      events: [],
    }
    await expect(database.indexFinal([other, later], RULES)).rejects.toMatchObject({
      code: 'E4005',
      facts: { block: block.number, indexed: block.hash, given: other.block.hash },
    })
    expect(await database.dump()).toEqual(before)
  })
})

test('the rows are those of the fold, however the history is cut into batches', async () => {
  const cuts = [[BLOCKS.length], [1, 4, 5, BLOCKS.length], BLOCKS.map((_, index) => index + 1)]
  const dumps: unknown[] = []
  for (const ends of cuts) {
    const one = await createIndexerDatabase()
    let from = 0
    for (const end of ends) {
      await one.indexFinal(BLOCKS.slice(from, end), RULES)
      from = end
    }
    dumps.push(await one.dump())
    await one.close()
  }
  expect(dumps[1]).toEqual(dumps[0])
  expect(dumps[2]).toEqual(dumps[0])
  const ledger = fold(START, BLOCKS, POLICY, sha256)
  const counts = Object.entries(dumps[0] as Record<string, string[]>).map(([name, rows]) => [
    name,
    rows.length,
  ])
  expect(Object.fromEntries(counts)).toEqual({
    account: ledger.accounts.length,
    bucket: ledger.buckets.length,
    burn: ledger.burns.length,
    coverage: 1,
    deployment: 0,
    head: 1,
    invariant_break: ledger.invariantBreaks.length,
    price: ledger.prices.length,
    reconciliation: 0,
    reward: ledger.rewards.length,
    snapshot: ledger.snapshots.length,
    source_status: 0,
    stake: ledger.stakes.length,
    transfer: ledger.transfers.length,
    treasury_flow: ledger.treasuryFlows.length,
    upgrade: ledger.upgrades.length,
  })
})
