import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Address } from '../../src/core/address'
import {
  compare,
  type DerivedState,
  questionsOf,
  type StandingDifference,
} from '../../src/core/reconciliation'
import { canReconcile, loadDerivedState, writeReconciliation } from '../../src/store/reconciliation'
import { createTestDatabase } from '../support/postgres'
import { hashOf, setHead, snapshotRow, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let client: Client
const NONE = { token: false, staking: false, stable: false }

/** An address by its first byte, so that the order is easy to see. */
const at = (first: number): Address => `0x${first.toString(16).padStart(2, '0')}${'0'.repeat(38)}`
const BYTES = Array.from({ length: 40 }, (_, index) => index * 6)

beforeAll(async () => {
  tables = await createTables()
  client = new Client({ connectionString: tables.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await tables.drop()
})

/** Forty accounts; the later in order, the more they hold. */
beforeEach(async () => {
  await tables.run('truncate account, snapshot, head, reconciliation')
  await setHead(tables, 112)
  await tables.insert(
    'snapshot',
    snapshotRow(100),
    snapshotRow(110, { totalSupply: 780n, staked: 40n, treasuryBalance: 7n }),
  )
  for (const [index, byte] of BYTES.entries()) {
    const figures = {
      balance: BigInt(index),
      staked: 1n,
      rewards_paid: 0n,
      first_block: 100,
      last_block: 110,
    }
    await tables.insert('account', { id: at(byte), ...figures })
  }
})

const load = async (): Promise<DerivedState> => {
  const state = await loadDerivedState(client)
  if (state === undefined) throw new TypeError('nothing to compare')
  return state
}
const addresses = (state: DerivedState): Address[] => state.accounts.map(({ address }) => address).sort()
const LARGEST = BYTES.slice(-10).map(at)

type Word = 'EQUAL' | 'DIFFERENT' | 'GAP'

/** Stores a comparison in which the balances of these accounts come out so, and the rest as `others`. */
async function storeCompared(
  words: ReadonlyMap<Address, Word>,
  checkedAt: number,
  others: Word = 'EQUAL',
  state?: DerivedState,
  through = client,
): Promise<readonly StandingDifference[]> {
  const compared = state ?? (await load())
  const questions = questionsOf(compared)
  const answers = new Map(
    questions.map((question) => {
      const { figure, account, derived } = question
      const word = figure === 'account.balance' && account !== null ? words.get(account) : undefined
      const by = { EQUAL: { value: derived }, DIFFERENT: { value: derived + 1n }, GAP: { gap: 'pruned' } }
      return [question, by[word ?? others]] as const
    }),
  )
  const verdicts = compare(questions, answers, NONE)
  return writeReconciliation(through, compared, verdicts, 'INTERVAL', checkedAt)
}

/** The block moves on, and with its hash the accounts whose turn it is. */
const turn = (first: number): Promise<unknown> =>
  tables.run('update head set hash = $1', [`${at(first)}${'0'.repeat(24)}`])

const standing = async (): Promise<readonly unknown[]> => {
  const { rows } = await client.query('select standing from reconciliation order by id desc limit 1')
  return rows[0]?.standing
}

test('the newest figures, at the newest block, and all accounts added up anew', async () => {
  expect(await load()).toMatchObject({
    blockNumber: 112,
    blockHash: hashOf(112),
    timestamp: timeOf(112),
    totalSupply: 780n,
    treasuryBalance: 7n,
    staked: 40n,
    balanceSum: 780n,
    stakeSum: 40n,
  })
})

test('nothing is indexed yet: there is nothing to compare', async () => {
  await tables.run('truncate snapshot, head')
  expect(await loadDerivedState(client)).toBeUndefined()
})

test('the largest holders are always compared, the others in turn, by what the block hash says', async () => {
  const seen = new Set<Address>()
  for (const [first, picked] of [
    [0x00, BYTES.slice(0, 10)],
    [0x01, BYTES.slice(1, 11)],
    [0x60, BYTES.slice(16, 26)],
    // Fewer than ten come after it, so the circle goes on at the beginning.
    [0xd9, [...BYTES.slice(37), ...BYTES.slice(0, 7)]],
    [0xff, BYTES.slice(0, 10)],
  ] as const) {
    await turn(first)
    const state = await load()
    const expected = [...new Set([...LARGEST, ...picked.map(at)])].sort()
    expect(addresses(state), first.toString(16)).toEqual(expected)
    expect(addresses(await load())).toEqual(expected)
    for (const address of expected) seen.add(address)
  }
  expect(seen.size).toBeGreaterThan(30)
})

test('an account of which a difference stands is compared again, until it is equal', async () => {
  await turn(0x60)
  const differing = at(BYTES[16] ?? 0)
  expect(addresses(await load())).toContain(differing)
  await storeCompared(new Map([[differing, 'DIFFERENT']]), 1_000)
  const found = {
    figure: 'account.balance',
    account: differing,
    derived: '16',
    onChain: '17',
    blockNumber: 112,
    blockHash: `${at(0x60)}${'0'.repeat(24)}`,
  }
  expect(await standing()).toEqual([found])
  await turn(0)
  const { standing: known, ...state } = await load()
  expect(addresses({ ...state, standing: known })).toContain(differing)
  expect(known).toEqual([{ ...found, derived: 16n, onChain: 17n }])
  // Neither nothing but gaps nor a gap beside equals says anything about it.
  await storeCompared(new Map(), 2_000, 'GAP')
  expect(addresses(await load())).toContain(differing)
  await storeCompared(new Map([[differing, 'GAP']]), 3_000)
  expect(await standing()).toEqual([found])
  expect(addresses(await load())).toContain(differing)
  await storeCompared(new Map(), 4_000)
  expect(await standing()).toEqual([])
  expect(addresses(await load())).not.toContain(differing)
})

test('an account whose row is gone has nothing, and is still compared', async () => {
  const [gone = at(0)] = addresses(await load())
  await storeCompared(new Map([[gone, 'DIFFERENT']]), 1_000)
  await tables.run('delete from account where id = $1', [gone])
  const { accounts } = await load()
  expect(accounts.find(({ address }) => address === gone)).toEqual({ address: gone, balance: 0n, staked: 0n })
})

test('where more differences stand than are compared at once, they take turns, and no others join them', async () => {
  const wrong = Array.from(
    { length: 150 },
    (_, index): Address => `0x${(index + 1).toString(16).padStart(40, 'f')}`,
  )
  await storeCompared(new Map(), 1_000)
  const stands = wrong.map((account) => ({
    ...{ figure: 'account.balance', account, derived: '1', onChain: '2' },
    ...{ blockNumber: 112, blockHash: hashOf(112) },
  }))
  await tables.run('update reconciliation set standing = $1', [JSON.stringify(stands)])
  const seen = new Set<Address>()
  for (const start of [`0x${'0'.repeat(40)}`, wrong[99]]) {
    await tables.run('update head set hash = $1', [`${start}${'0'.repeat(24)}`])
    const sampled = addresses(await load())
    expect(sampled.filter((address) => !wrong.includes(address))).toEqual(LARGEST)
    expect(sampled).toHaveLength(110)
    for (const address of sampled) seen.add(address)
  }
  expect(wrong.every((address) => seen.has(address))).toBe(true)
})

describe('of several comparisons', () => {
  let other: Client
  beforeAll(async () => {
    other = new Client({ connectionString: tables.url })
    await other.connect()
  })
  afterAll(() => other.end())

  const [one, two] = [at(BYTES[0] ?? 0), at(BYTES[1] ?? 0)]

  test('of comparisons at once, none takes away what another found', async () => {
    await turn(0)
    const state = await load()
    await Promise.all([
      storeCompared(new Map([[one, 'DIFFERENT']]), 1_000, 'EQUAL', state),
      storeCompared(new Map([[two, 'DIFFERENT']]), 1_000, 'EQUAL', state, other),
    ])
    // Each was equal to the other, but neither could know that this was the later word.
    expect(await standing()).toHaveLength(2)
    await storeCompared(new Map(), 2_000)
    expect(await standing()).toEqual([])
  })

  test('each waits for the one before, and readers wait for neither', async () => {
    await turn(0)
    const state = await load()
    await other.query('begin; lock table reconciliation in share row exclusive mode')
    const writing = storeCompared(new Map([[one, 'DIFFERENT']]), 1_000, 'EQUAL', state)
    const isWaiting = async (): Promise<boolean> => {
      const { rows } = await other.query(
        `select 1 from pg_locks where not granted and relation = 'reconciliation'::regclass
         and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows.length > 0
    }
    await expect.poll(isWaiting).toBe(true)
    // A reader would wait here until the test times out.
    await tables.run('select * from reconciliation')
    const found = { figure: 'staked', account: null, derived: '1', onChain: '2' }
    await other.query(
      `insert into reconciliation (id, block_number, block_hash, timestamp, checked_at, trigger, equal, different,
         gaps, checks, standing)
       values ('0000000005000', 112, '0x', now(), now(), 'ON_DEMAND', 0, 1, 0, '[]', $1)`,
      [JSON.stringify([{ ...found, blockNumber: 112, blockHash: hashOf(112) }])],
    )
    await other.query('commit')
    expect(await writing).toMatchObject([{ figure: 'staked' }, { account: one }])
    // The other machine's clock is ahead: the row is still the latest.
    const { rows } = await client.query('select id, checked_at from reconciliation order by id desc limit 1')
    expect(rows).toEqual([{ id: '0000000005001', checked_at: new Date(1_000) }])
    expect(await standing()).toHaveLength(2)
  })

  test('of one millisecond there are as many rows', async () => {
    const state = await load()
    const instant = 1_795_000_000_000
    await Promise.all([
      storeCompared(new Map(), instant, 'GAP', state),
      storeCompared(new Map(), instant, 'GAP', state, other),
    ])
    const { rows } = await client.query('select id, checked_at from reconciliation order by id')
    expect(rows).toEqual([
      { id: '1795000000000', checked_at: new Date(instant) },
      { id: '1795000000001', checked_at: new Date(instant) },
    ])
  })

  test('one that fails leaves the connection and the table as they were', async () => {
    const state = await load()
    await expect(storeCompared(new Map(), 1_000, 'GAP', { ...state, blockNumber: 2 ** 40 })).rejects.toThrow()
    await storeCompared(new Map(), 1_000, 'GAP', state, other)
    expect(await standing()).toEqual([])
  })
})

test('a database without tables is known before it is read', async () => {
  expect(await canReconcile(client)).toBe(true)
  const empty = await createTestDatabase()
  const other = new Client({ connectionString: empty.url })
  await other.connect()
  expect(await canReconcile(other)).toBe(false)
  await other.end()
  await empty.drop()
})

test('all of it comes from one state, whatever is committed meanwhile', async () => {
  const writer = new Client({ connectionString: tables.url })
  await writer.connect()
  // The lock holds back the statement that reads the accounts one by one, after the totals were read.
  await writer.query('begin; lock table reconciliation in access exclusive mode')
  const loading = load()
  const isWaiting = async (): Promise<boolean> => {
    const { rows } = await writer.query(
      `select 1 from pg_locks where not granted and relation = 'reconciliation'::regclass
       and database = (select oid from pg_database where datname = current_database())`,
    )
    return rows.length > 0
  }
  await expect.poll(isWaiting).toBe(true)
  await writer.query('update account set balance = balance + 1000; commit')
  const state = await loading
  expect(state.balanceSum).toBe(780n)
  expect(state.accounts.every(({ balance }) => balance < 1_000n)).toBe(true)
  await writer.end()
})
