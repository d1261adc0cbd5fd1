import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AsOf, AsOfRequest } from '../../src/read/as-of'
import { openReads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import {
  account,
  digestOf,
  ECONOMY,
  fillSmallEconomy,
  hashOf,
  setDeployment,
  setHead,
  timeOf,
} from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let pool: Pool
let now = timeOf(112) + 3

beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  pool = openPool(tables.url, () => undefined)
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

const resolve = (request: AsOfRequest): Promise<AsOf> =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => now }).snapshot((reads) => reads.resolve(request))

describe('the head', () => {
  test('is the newest indexed block, with or without events, and says how old it is', async () => {
    expect(await resolve({ kind: 'head' })).toEqual({
      block: 112,
      hash: hashOf(112),
      timestamp: timeOf(112),
      instant: timeOf(112),
      finalized: false,
      lagSeconds: 3,
      settled: false,
      partial: [],
      snapshot: { block: 110, hash: hashOf(110), timestamp: timeOf(110), digest: digestOf(110) },
    })
  })

  test('is never ahead of the clock', async () => {
    now = timeOf(112) - 100
    expect(await resolve({ kind: 'head' })).toMatchObject({ lagSeconds: 0 })
    now = timeOf(112) + 3
  })

  test('is refused when it is older than the limit, and a named block is not', async () => {
    now = timeOf(112) + 60
    expect(await resolve({ kind: 'head' })).toMatchObject({ lagSeconds: 60 })
    now = timeOf(112) + 61
    await expect(resolve({ kind: 'head' })).rejects.toMatchObject({
      code: 'E5003',
      facts: { block: 112, lagSeconds: 61, maxLagSeconds: 60 },
    })
    expect(await resolve({ kind: 'number', number: 112 })).toMatchObject({ block: 112, lagSeconds: null })
    now = timeOf(112) + 3
  })
})

describe('a block number', () => {
  test.each([
    { number: 100, hash: hashOf(100), snapshot: 100, finalized: true, settled: true },
    { number: 104, hash: null, snapshot: 100, finalized: true, settled: true },
    { number: 106, hash: null, snapshot: 105, finalized: true, settled: true },
    { number: 107, hash: null, snapshot: 105, finalized: false, settled: false },
    { number: 110, hash: hashOf(110), snapshot: 110, finalized: false, settled: false },
    // The newest block, named: its hash and time are known only while it is the newest, so they are not told.
    { number: 112, hash: null, snapshot: 110, finalized: false, settled: false },
  ])('$number is answered from the snapshot at $snapshot', async ({ number, hash, snapshot, ...flags }) => {
    expect(await resolve({ kind: 'number', number })).toMatchObject({
      block: number,
      hash,
      timestamp: hash && timeOf(number),
      // Of a block without events no time is kept: windows and series then end where the figures are from.
      instant: timeOf(hash === null ? snapshot : number),
      lagSeconds: null,
      snapshot: { block: snapshot, digest: digestOf(snapshot) },
      ...flags,
    })
  })

  test('after the head is not indexed yet; before the first snapshot is before the history', async () => {
    await expect(resolve({ kind: 'number', number: 113 })).rejects.toMatchObject({
      code: 'E5006',
      kind: 'notFound',
    })
    await expect(resolve({ kind: 'number', number: 9_999_999_999 })).rejects.toMatchObject({ code: 'E5006' })
    await expect(resolve({ kind: 'number', number: 99 })).rejects.toMatchObject({
      code: 'E5007',
      facts: { asked: 99, firstBlock: 100 },
    })
  })

  test('that is the newest keeps its answer when there are newer ones', async () => {
    const asked = { kind: 'number', number: 112 } as const
    await tables.run('update squid_processor.status set height = 112')
    try {
      const then = await resolve(asked)
      expect(then).toMatchObject({ finalized: true, settled: true })
      await setHead(tables, 115)
      expect(await resolve(asked)).toEqual(then)
    } finally {
      await setHead(tables, 112)
      await tables.run('update squid_processor.status set height = 106')
    }
  })
})

describe('a block hash', () => {
  test('of a block with events or of the head is known', async () => {
    expect(await resolve({ kind: 'hash', hash: hashOf(105) })).toMatchObject({ block: 105, settled: true })
    expect(await resolve({ kind: 'hash', hash: hashOf(110) })).toMatchObject({ block: 110, settled: false })
    expect(await resolve({ kind: 'hash', hash: hashOf(112) })).toMatchObject({ block: 112, settled: false })
  })

  test('of any other block is unknown', async () => {
    await expect(resolve({ kind: 'hash', hash: hashOf(104) })).rejects.toMatchObject({ code: 'E5008' })
  })
})

describe('a timestamp', () => {
  test.each([
    { at: timeOf(100), block: 100, settled: true },
    { at: timeOf(105) - 1, block: 100, settled: true },
    // Block 110 comes next and is not final: until then, events can still move before this time.
    { at: timeOf(105), block: 105, settled: false },
    { at: timeOf(112) - 1, block: 110, settled: false },
    { at: timeOf(112), block: 110, settled: false },
  ])('means the newest block not after it: $block', async ({ at, block, settled }) => {
    expect(await resolve({ kind: 'timestamp', timestamp: at })).toMatchObject({
      block,
      instant: at,
      settled,
      lagSeconds: null,
    })
  })

  test('outside the history is refused', async () => {
    await expect(resolve({ kind: 'timestamp', timestamp: timeOf(112) + 1 })).rejects.toMatchObject({
      code: 'E5006',
      facts: { headTimestamp: '2023-11-14T22:32:00Z' },
    })
    await expect(resolve({ kind: 'timestamp', timestamp: timeOf(100) - 1 })).rejects.toMatchObject({
      code: 'E5007',
    })
  })
})

describe('a store that cannot answer', () => {
  test('of another economy is refused, and says in what it differs', async () => {
    await tables.run('update deployment set token = $1, chain_id = 1', [hashOf(9)])
    await expect(resolve({ kind: 'number', number: 110 })).rejects.toMatchObject({
      code: 'E5004',
      facts: { differs: ['chain id', 'token'] },
    })
    await setDeployment(tables)
  })

  test('of the same contracts under other rules is refused as well', async () => {
    const { token } = ECONOMY.contracts
    const sixDecimals = { ...ECONOMY, contracts: { ...ECONOMY.contracts, token: { ...token, decimals: 6 } } }
    const otherTreasury = { ...ECONOMY, policy: { ...ECONOMY.policy, treasury: new Set([account('8')]) } }
    for (const economy of [sixDecimals, otherTreasury]) {
      await setDeployment(tables, [], economy)
      await expect(resolve({ kind: 'number', number: 110 })).rejects.toMatchObject({ code: 'E5004' })
    }
    await setDeployment(tables)
  })

  test('says which contracts lack history', async () => {
    await setDeployment(tables, ['staking'])
    expect(await resolve({ kind: 'number', number: 100 })).toMatchObject({ partial: ['staking'] })
    await setDeployment(tables)
  })

  test.each(['deployment', 'head', 'snapshot'])('has nothing indexed without a row in %s', async (table) => {
    await tables.run(`alter table ${table} rename to hidden; create table ${table} (like hidden)`)
    await expect(resolve({ kind: 'head' })).rejects.toMatchObject({ code: 'E5002', kind: 'unavailable' })
    await expect(resolve({ kind: 'number', number: 110 })).rejects.toMatchObject({ code: 'E5002' })
    await tables.run(`drop table ${table}; alter table hidden rename to ${table}`)
  })

  test('has no tables', async () => {
    await tables.run('alter table head rename to hidden')
    await expect(resolve({ kind: 'head' })).rejects.toMatchObject({ code: 'E5001' })
    await tables.run('alter table hidden rename to head')
  })
})

describe('all reads of one answer come from one state, whatever is committed meanwhile', () => {
  const commit = async (head: number, supply: number): Promise<void> => {
    await setHead(tables, head)
    await tables.run(`update snapshot set total_supply = ${supply} where block_number = 110`)
  }
  const store = () => openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => now })

  test('the state of the first statement', async () => {
    const [before, during] = await store().snapshot(async (reads) => {
      const first = await reads.economyAt(await reads.resolve({ kind: 'head' }))
      await commit(120, 1)
      const second = await reads.economyAt(await reads.resolve({ kind: 'number', number: 110 }))
      expect(await reads.newest()).toMatchObject({ block: 112 })
      expect(await reads.status()).toMatchObject({ head: { block: 112 } })
      return [first.economy, second.economy]
    })
    expect(during).toEqual(before)
    now = timeOf(120)
    expect(await resolve({ kind: 'head' })).toMatchObject({ block: 120 })
  })

  test('an answer that began with a lookup shared with others, and goes on with another state, is made again', async () => {
    let tries = 0
    const answer = await store().snapshot(async (reads) => {
      tries += 1
      const { economy } = await reads.economyAt(await reads.resolve({ kind: 'number', number: 110 }))
      if (tries === 1) await commit(121, 2)
      const { head } = await reads.status()
      return [economy.totalSupply, head?.block]
    })
    expect(answer).toEqual([2n, 121])
    expect(tries).toBe(2)
  })

  test('also where the answer makes its own of what is refused then', async () => {
    const told = await store().snapshot(async (reads) => {
      const { economy } = await reads.economyAt(await reads.resolve({ kind: 'number', number: 110 }))
      if (economy.totalSupply === 2n) await commit(122, 3)
      return reads.status().then(
        ({ head }) => [economy.totalSupply, head?.block],
        () => 'refused',
      )
    })
    expect(told).toEqual([3n, 122])
  })
})
