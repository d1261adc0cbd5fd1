import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventBlock } from '../../src/core/events'
import { blocksOf, type Draft, HOLDERS, hashOf } from '../support/history'
import { createIndexerDatabase, type IndexerDatabase, nameOf } from '../support/indexer-database'
import { RULES } from './source-blocks'

const [alice = '0x'] = HOLDERS
const gift: Draft = { kind: 'transfer', from: `0x${'0'.repeat(40)}`, to: alice, value: 100n }
const [first, second, third] = blocksOf([[gift], [gift], []]) as [EventBlock, EventBlock, EventBlock]
const other: EventBlock = { block: { ...second.block, hash: hashOf('other') }, events: [] }

let database: IndexerDatabase
let listener: Client
let told: string[]
beforeEach(async () => {
  database = await createIndexerDatabase()
  listener = new Client({ connectionString: database.url })
  await listener.connect()
  told = []
  listener.on('notification', ({ payload = '' }) => told.push(payload))
  await listener.query('LISTEN ashao_commit')
})
afterEach(async () => {
  await listener.end()
  await database.close()
})

/** What was told since somebody last asked: whatever was committed is told before the answer to a later question. */
async function news(): Promise<string[]> {
  await listener.query('SELECT 1')
  return told.splice(0)
}

test('each batch is told once, by its newest block: final ones and others, with events and without', async () => {
  await database.indexFinal([first], RULES)
  expect(await news()).toEqual(['1'])
  await database.indexHot(nameOf(first), [second, third], nameOf(first), RULES)
  expect(await news()).toEqual(['3'])
})

test('so is a reorganisation, also one that leaves fewer blocks, and what becomes final', async () => {
  await database.indexFinal([first], RULES)
  await database.indexHot(nameOf(first), [second, third], nameOf(first), RULES)
  await news()
  await database.indexHot(nameOf(first), [other], nameOf(first), RULES)
  expect(await news()).toEqual(['2'])
  await database.indexHot(nameOf(other), [], nameOf(other), RULES)
  expect(await news()).toEqual(['2'])
})

test('a batch that is rolled back is not told', async () => {
  const cut = new Error('cut')
  await expect(
    database.finalized({ height: 1, hash: '0x01' }, async () => {
      throw cut
    }),
  ).rejects.toBe(cut)
  expect(await news()).toEqual([])
})

test('a comparison with the chain is told, for it changes answers', async () => {
  await database.client.query(
    `INSERT INTO reconciliation VALUES ('0000000000001', 1, '0x01', now(), now(), 'INTERVAL', 0, 0, 0, '[]', '[]')`,
  )
  expect(await news()).toEqual([''])
})
