import { Client } from 'pg'
import { expect, test } from 'vitest'
import { floor } from '../../bench/ingest/contestants/floor'
import { indexFloor } from '../../bench/ingest/floor/index-floor'
import { differences } from '../../bench/ingest/harness/verify'
import { expectedOf } from '../../bench/ingest/simulator/expected'
import { createTestDatabase } from '../support/postgres'
import { openSimulator } from './open-simulator'

test.each([
  ['asks for headers', false],
  ['reads times from the logs', true],
])('the floor that %s comes to the truth, and what differs from it is found', async (_, logTimestamps) => {
  const chain = { blocks: 300, events: 2_000, accounts: 50, blockTime: 1_000, logTimestamps }
  const simulator = await openSimulator({ chain, limits: { maxLogs: 500, wording: 'infura' } })
  const expected = expectedOf(simulator.chain)
  const { url, drop } = await createTestDatabase()
  const database = new Client({ connectionString: url })
  await database.connect()
  try {
    const source = { url: simulator.url, contracts: expected.contracts, treasury: expected.treasury }
    await indexFloor(source, expected.internal, url)
    expect('eth_getBlockByNumber' in simulator.stats().methods).toBe(!logTimestamps)
    expect(expected.days.length).toBeGreaterThan(2)
    const found = () => differences(database, floor.queries, expected)
    expect(await found()).toEqual([])

    const wrong = [
      ['update event set value = value + 1 where block = 5', 'an event differs'],
      ['delete from event where block = 7', 'an event differs'],
      [
        'update account set balance = balance - 1 where address = (select max(address) from account where balance > 1)',
        'one account is',
      ],
      ['update totals set treasury = treasury + 1', 'treasury is'],
      ['update daily set volume = volume + 1 where day = (select max(day) from daily)', 'one day is'],
    ] as const
    for (const [change, sentence] of wrong) {
      await database.query(change)
      expect((await found()).join('\n'), change).toContain(sentence)
    }
  } finally {
    await database.end()
    await drop()
  }
})
