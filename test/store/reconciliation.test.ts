import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Address } from '../../src/core/address'
import { compare, type DerivedState, type Question, questionsOf } from '../../src/core/reconciliation'
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

/** Stores a comparison in which these accounts have another balance on the chain, and the rest no answer. */
async function storeDifferent(
  accounts: readonly Address[],
  checkedAt: number,
  others?: bigint,
): Promise<void> {
  const state = await load()
  const questions = questionsOf(state)
  const isDifferent = ({ figure, account }: Question): boolean =>
    figure === 'account.balance' && account !== null && accounts.includes(account)
  const answers = new Map(
    questions.flatMap((question) =>
      isDifferent(question)
        ? [[question, { value: question.derived + 1n }] as const]
        : others === undefined
          ? []
          : [[question, { value: question.derived }] as const],
    ),
  )
  await writeReconciliation(client, state, compare(questions, answers, NONE), 'INTERVAL', checkedAt)
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
    await tables.run('update head set hash = $1', [`${at(first)}${'0'.repeat(24)}`])
    const state = await load()
    const expected = [...new Set([...LARGEST, ...picked.map(at)])].sort()
    expect(addresses(state), first.toString(16)).toEqual(expected)
    expect(addresses(await load())).toEqual(expected)
    for (const address of expected) seen.add(address)
  }
  expect(seen.size).toBeGreaterThan(30)
})

test('an account that differed is compared again, until it does not', async () => {
  await tables.run('update head set hash = $1', [`${at(0x60)}${'0'.repeat(24)}`])
  const before = addresses(await load())
  const differing = at(BYTES[16] ?? 0)
  expect(before).toContain(differing)
  await storeDifferent([differing], 1_000)
  await tables.run('update head set hash = $1', [`${at(0)}${'0'.repeat(24)}`])
  expect(addresses(await load())).toContain(differing)
  // Nothing but gaps says nothing about it.
  await storeDifferent([], 2_000)
  expect(addresses(await load())).toContain(differing)
  await storeDifferent([], 3_000, 0n)
  expect(addresses(await load())).not.toContain(differing)
})

test('an account whose row is gone has nothing, and is still compared', async () => {
  const [gone = at(0)] = addresses(await load())
  await storeDifferent([gone], 1_000)
  await tables.run('delete from account where id = $1', [gone])
  const { accounts } = await load()
  expect(accounts.find(({ address }) => address === gone)).toEqual({ address: gone, balance: 0n, staked: 0n })
})

test('two comparisons of one millisecond are two rows', async () => {
  await Promise.all([storeDifferent([], 1_795_000_000_000), storeDifferent([], 1_795_000_000_000)])
  const { rows } = await client.query('select id, checked_at from reconciliation order by id')
  expect(rows).toEqual([
    { id: '1795000000000', checked_at: new Date(1_795_000_000_000) },
    { id: '1795000000001', checked_at: new Date(1_795_000_000_001) },
  ])
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
