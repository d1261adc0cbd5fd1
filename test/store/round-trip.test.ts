// Over 300 lines: both writers are held against one description of every table, which has no smaller part.
import type { Store } from '@subsquid/typeorm-store'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import { GENESIS } from '../../src/core/economy'
import type { EventBlock } from '../../src/core/events'
import { accountsNeeded, fold } from '../../src/core/fold'
import type { Ledger } from '../../src/core/ledger'
import { historyAfter, loadAccounts, loadHistory } from '../../src/store/load-state'
import { bucketId, rowId, snapshotId } from '../../src/store/row-id'
import type { Batch } from '../../src/store/stored-rows'
import { transactionOf } from '../../src/store/transaction'
import { writeBatch } from '../../src/store/write-batch'
import { writeBulk } from '../../src/store/write-bulk'
import { writeTracked } from '../../src/store/write-tracked'
import {
  BRIDGE,
  BUYBACK,
  blocksOf,
  DEAD,
  HOLDERS,
  hashOf,
  history,
  POLICY,
  SEED,
  STAKING,
  START,
  sha256,
  TREASURY,
} from '../support/history'
import { createIndexerDatabase, type IndexerDatabase } from '../support/indexer-database'

let database: IndexerDatabase
let height = 0

beforeAll(async () => {
  database = await createIndexerDatabase()
})

afterAll(() => database.close())

beforeEach(() => clear())

async function clear(): Promise<void> {
  await database.client.query(
    `TRUNCATE account, bucket, burn, coverage, deployment, head, invariant_break, price, reward, snapshot, source_status, stake,
       transfer, treasury_flow, upgrade`,
  )
}

/** Runs one batch; the SDK wants each to go on from the one before. */
async function batch(work: (store: Store) => Promise<void>): Promise<void> {
  height += 1
  await database.finalized({ height, hash: hashOf('batch', height) }, work)
}

/** Writes a batch as if it could be undone, and takes that back. */
const tracked: typeof writeTracked = async (transaction, written) => {
  const { client } = transaction
  await client.query(`INSERT INTO squid_processor.hot_block VALUES (${FAR}, '0x')`)
  const changeLog = { table: 'squid_processor.hot_change_log', blockHeight: FAR }
  await writeTracked({ ...transaction, changeLog }, written)
  await client.query(`DELETE FROM squid_processor.hot_block WHERE height = ${FAR}`)
}
const FAR = 1_000_000_000

/** The two ways to write. */
const WRITERS = [
  ['in bulk', writeBulk],
  ['with notes of every change', tracked],
] as const
type Write = (typeof WRITERS)[number][1]

async function write(
  blocks: readonly EventBlock[],
  state = START,
  writer: Write = writeBatch,
): Promise<Ledger> {
  const ledger = fold(state, blocks, POLICY, sha256)
  await writeWith(writer, batchOf(ledger, blocks))
  return ledger
}

function batchOf(ledger: Ledger, blocks: readonly EventBlock[]): Batch {
  const [first, last] = [blocks[0]?.block, blocks.at(-1)?.block]
  if (first === undefined || last === undefined) throw new RangeError('no block')
  const run = { fromBlock: first.number, toBlock: last.number, toHash: last.hash, blocksChecked: 0 }
  return { ledger, head: last, coverage: [{ ...run, source: 'RPC', verification: 'NONE' }] }
}

const writeWith = (writer: Write, written: Batch): Promise<void> =>
  batch(async (store) => writer(await transactionOf(store), written))

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const TIMES: ReadonlySet<string> = new Set(['timestamp', 'start'])

/** A row of the fold as PostgreSQL hands it out: amounts as text, times as dates. */
function stored(id: string, row: object): Record<string, unknown> {
  const columns = Object.entries(row).map(([name, value]) => {
    if (typeof value === 'bigint') return [snake(name), value.toString()]
    return [snake(name), TIMES.has(name) ? new Date(Number(value) * 1_000) : value]
  })
  return { id, ...Object.fromEntries(columns) }
}

const rowsOf = async (table: string): Promise<unknown[]> =>
  (await database.client.query(`SELECT * FROM ${table} ORDER BY id`)).rows

type StoredRow = ReturnType<typeof stored>

/** Every table that a ledger is written to, with the rows that it should have. */
function tablesOf(ledger: Ledger): Readonly<Record<string, readonly StoredRow[]>> {
  const placed = (rows: readonly { blockNumber: number; logIndex: number }[]): StoredRow[] =>
    rows.map((row) => stored(rowId(row), row))
  const tables = {
    transfer: placed(ledger.transfers),
    burn: placed(ledger.burns),
    stake: placed(ledger.stakes),
    reward: placed(ledger.rewards),
    treasury_flow: placed(ledger.treasuryFlows),
    price: placed(ledger.prices),
    upgrade: placed(ledger.upgrades),
    snapshot: ledger.snapshots.map((row) => stored(snapshotId(row), row)),
    bucket: ledger.buckets.map((row) => stored(bucketId(row.interval, row.start), row)),
    invariant_break: ledger.invariantBreaks.map(({ invariant, ...row }) => stored(invariant, row)),
    account: ledger.accounts.map(({ address, ...row }) => stored(address, row)),
  } satisfies Record<string, readonly StoredRow[]>
  return tables
}

async function expectStored(ledger: Ledger): Promise<void> {
  for (const [table, rows] of Object.entries(tablesOf(ledger))) {
    const inOrder = [...rows].sort((one, other) => (String(one.id) < String(other.id) ? -1 : 1))
    expect(await rowsOf(table)).toEqual(inOrder)
  }
}

// Near the most that a uint256 holds, and sums beyond it.
const HUGE = 2n ** 255n
const [alice = ZERO_ADDRESS, bob = ZERO_ADDRESS] = HOLDERS
const LARGEST = blocksOf([
  [
    { kind: 'transfer', from: ZERO_ADDRESS, to: alice, value: HUGE + 12_345n },
    { kind: 'transfer', from: ZERO_ADDRESS, to: bob, value: 2n ** 256n - 1n },
    { kind: 'transfer', from: alice, to: bob, value: HUGE - 1n },
  ],
  [
    { kind: 'transfer', from: bob, to: BUYBACK, value: HUGE },
    { kind: 'transfer', from: bob, to: BRIDGE, value: 7n },
    { kind: 'transfer', from: bob, to: DEAD, value: 3n },
    { kind: 'burn', from: BUYBACK, value: HUGE - 5n, tx: 1 },
    { kind: 'transfer', from: BUYBACK, to: ZERO_ADDRESS, value: HUGE - 5n, tx: 1 },
    { kind: 'transfer', from: BRIDGE, to: ZERO_ADDRESS, value: 2n },
    { kind: 'transfer', from: alice, to: ZERO_ADDRESS, value: 1n },
  ],
  [
    { kind: 'stake', account: alice, amount: HUGE - 1n },
    { kind: 'stake', account: bob, amount: HUGE },
    { kind: 'unstake', account: bob, amount: 9n },
    { kind: 'reward', account: alice, amount: 2n ** 256n - 1n },
    { kind: 'reward', account: bob, amount: 1n },
    { kind: 'stableTransfer', from: bob, to: TREASURY, value: 2n ** 256n - 1n },
    { kind: 'stableTransfer', from: TREASURY, to: STAKING, value: HUGE },
    { kind: 'stableTransfer', from: TREASURY, to: BUYBACK, value: 11n },
    { kind: 'stableTransfer', from: TREASURY, to: bob, value: 13n },
  ],
  [
    { kind: 'stableTransfer', from: BUYBACK, to: bob, value: HUGE, tx: 1 },
    { kind: 'transfer', from: bob, to: BUYBACK, value: 3n, tx: 1 },
    { kind: 'sync', tokenReserve: 1n, stableReserve: 2n ** 112n - 1n },
    { kind: 'upgrade', contract: 'token', implementation: alice },
    { kind: 'transfer', from: ZERO_ADDRESS, to: BRIDGE, value: 1n },
    { kind: 'transfer', from: ZERO_ADDRESS, to: alice, value: 1n },
  ],
])

describe.each(WRITERS)('what is written %s is what the fold gave, column by column', (_, writer) => {
  test('amounts near 2^255 and sums beyond 2^256', async () => {
    const ledger = await write(LARGEST, START, writer)
    const [snapshot] = ledger.snapshots.slice(-1)
    expect(snapshot?.minted).toBe(HUGE + 12_345n + 2n ** 256n - 1n + 2n)
    for (const [table, rows] of Object.entries(tablesOf(ledger))) expect(rows, table).not.toHaveLength(0)
    await expectStored(ledger)
  })

  test('any history', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (blocks) => {
        await clear()
        await expectStored(await write(blocks, START, writer))
      }),
      { numRuns: 10 },
    )
  })

  test('text of any kind, whoever handed it over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'\t\n\r\\"\'{},é0 ') }), async (text) => {
        await clear()
        const ledger = fold(START, LARGEST, POLICY, sha256)
        const hash = text as `0x${string}`
        const transfers = ledger.transfers.map((row) => ({ ...row, transactionHash: hash }))
        const written = batchOf({ ...ledger, transfers }, LARGEST)
        await writeWith(writer, { ...written, head: { ...written.head, hash } })
        await expectStored({ ...ledger, transfers })
        expect(await rowsOf('head')).toMatchObject([{ hash }])
      }),
      { numRuns: 8 },
    )
  })

  test('a row without a column is refused by the name of the column, and nothing is written', async () => {
    const ledger = fold(START, LARGEST, POLICY, sha256)
    const transfers = ledger.transfers.map(({ value, ...row }) => row) as unknown as Ledger['transfers']
    const written = batchOf({ ...ledger, transfers }, LARGEST)
    await expect(writeWith(writer, written)).rejects.toThrow(/no value for column value/)
    expect(await rowsOf('account')).toEqual([])
    height -= 1
  })

  test('a row that is there already is refused, and nothing is written', async () => {
    const ledger = await write(LARGEST, START, writer)
    const before = await database.dump()
    const later = blocksOf([[]], 1_000)
    await expect(writeWith(writer, batchOf(ledger, later))).rejects.toMatchObject({ code: '23505' })
    height -= 1
    expect(await database.dump()).toEqual(before)
  })
})

test('final blocks are written in bulk: their transaction may end before it is on the disk', async () => {
  let setting = ''
  await batch(async (store) => {
    const transaction = await transactionOf(store)
    expect(transaction.changeLog).toBeUndefined()
    await writeBatch(transaction, batchOf(fold(START, LARGEST, POLICY, sha256), LARGEST))
    const { rows } = await transaction.client.query('SHOW synchronous_commit')
    setting = rows[0].synchronous_commit
  })
  expect(setting).toBe('off')
})

test('the same batches, written either way, give the same tables', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (blocks, seed) => {
      const cut = 1 + (seed % blocks.length)
      const dumps: unknown[] = []
      for (const writer of [writeBulk, tracked]) {
        await clear()
        await write(blocks.slice(0, cut), START, writer)
        const after = blocks.slice(cut)
        if (after.length > 0) await write(after, await load(after), writer)
        dumps.push(await database.dump())
      }
      expect(dumps[0]).toEqual(dumps[1])
    }),
    { numRuns: 10 },
  )
})

/** What a fold of these blocks starts from. */
const load = (blocks: readonly EventBlock[]) =>
  database.read(async (store) => {
    const transaction = await transactionOf(store)
    const { state } = await loadHistory(transaction, SEED)
    return { ...state, accounts: await loadAccounts(transaction.client, accountsNeeded(blocks, POLICY)) }
  })

describe('what is loaded is what was written', () => {
  test('a fresh database is the beginning', async () => {
    expect(await load(LARGEST)).toEqual({
      economy: GENESIS,
      digest: SEED,
      timestamp: 0,
      broken: new Set(),
      blockNumber: -1,
      accounts: new Map(),
    })
  })

  test.each([
    ['the largest amounts', LARGEST],
    ['a block without events at the end', [...LARGEST, ...blocksOf([[]], LARGEST.length + 1)]],
  ])('%s', async (_, blocks) => {
    const { snapshots, accounts, invariantBreaks } = await write(blocks)
    const last = snapshots.at(-1)
    if (last === undefined) throw new RangeError('no snapshot')
    const { blockNumber, hash, parentHash, timestamp, digest, ...economy } = last
    expect(await load(blocks)).toStrictEqual({
      economy,
      digest,
      timestamp,
      broken: new Set(invariantBreaks.map(({ invariant }) => invariant)),
      blockNumber: blocks.at(-1)?.block.number,
      accounts: new Map(accounts.map(({ address, ...account }) => [address, account])),
    })
  })

  test('and known without being loaded', async () => {
    const loaded = () => database.read(async (store) => loadHistory(await transactionOf(store), SEED))
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async (blocks, seed) => {
        await clear()
        const cut = seed % blocks.length
        let known = await loaded()
        for (const part of [blocks.slice(0, cut), blocks.slice(cut)]) {
          if (part.length === 0) continue
          const written = batchOf(await write(part, await load(part)), part)
          known = historyAfter(known, written)
          expect(await loaded()).toStrictEqual(known)
        }
      }),
      { numRuns: 10 },
    )
  })

  test('folding on from what was loaded is folding on from what was folded', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), async (blocks, seed) => {
        await clear()
        const cut = 1 + (seed % blocks.length)
        const [before, after] = [blocks.slice(0, cut), blocks.slice(cut)]
        await write(before)
        if (after.length > 0) await write(after, await load(after))
        await expectStored(fold(START, blocks, POLICY, sha256))
      }),
      { numRuns: 10 },
    )
  })

  test('of any number of accounts', async () => {
    await database.client.query(
      `INSERT INTO account SELECT '0x' || lpad(to_hex(n), 40, '0'), n, 2 * n, 3 * n, n, n FROM generate_series(1, 20001) n`,
    )
    const addresses = Array.from(
      { length: 20_002 },
      (_, n) => `0x${n.toString(16).padStart(40, '0')}` as const,
    )
    const accounts = await database.read(async (store) =>
      loadAccounts((await transactionOf(store)).client, new Set(addresses)),
    )
    expect(accounts.size).toBe(20_001)
    for (const n of [1, 10_000, 10_001, 20_001]) {
      const amount = BigInt(n)
      const figures = { balance: amount, staked: 2n * amount, rewardsPaid: 3n * amount }
      expect(accounts.get(addresses[n] ?? '0x')).toEqual({ ...figures, firstBlock: n, lastBlock: n })
    }
  })
})

test('the order of ids as text is the order on the chain', () => {
  const place = fc.record({ blockNumber: fc.nat(2_147_483_647), logIndex: fc.nat(999_999) })
  fc.assert(
    fc.property(place, place, (one, other) => {
      const order = Math.sign(one.blockNumber - other.blockNumber || one.logIndex - other.logIndex)
      const compare = (a: string, b: string): number => Number(a > b) - Number(a < b)
      expect(compare(rowId(one), rowId(other))).toBe(order)
      expect(rowId(one).startsWith(`${snapshotId(one)}-`)).toBe(true)
    }),
  )
})
