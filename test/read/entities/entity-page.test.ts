import fc from 'fast-check'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Where } from '../../../src/read/entities/condition'
import { entityNamed } from '../../../src/read/entities/entities'
import type { EntityRow } from '../../../src/read/entities/entity'
import {
  type EntityPage,
  entityCount,
  entityList,
  entityPage,
  type ListRequest,
  type PageRequest,
} from '../../../src/read/entities/entity-page'
import type { RunQuery } from '../../../src/read/row'
import { inTransaction, openPool } from '../../../src/read/transaction'
import { account } from '../../support/small-economy'
import { createTables, type TestTables } from '../../support/tables'
import { FIELDS, filters, inOrder, isWanted } from './made-up-filters'
import { fillMadeUpLedger, LAST_BLOCK, type MadeUpTransfer, PARTIES, TRANSFERS } from './made-up-ledger'

let tables: TestTables
let pool: Pool

beforeAll(async () => {
  tables = await createTables()
  await fillMadeUpLedger(tables)
  pool = openPool(tables.url, () => undefined)
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

const TRANSFER = entityNamed('Transfer')
const LIMITS = { most: 1000, byDefault: 100 }
const RUNS = { numRuns: 150 }

interface Question {
  readonly where: Where
  readonly account: (typeof PARTIES)[number] | undefined
  readonly orderBy: keyof MadeUpTransfer | undefined
  readonly direction: 'asc' | 'desc'
  readonly upTo: number
}

const questions: fc.Arbitrary<Question> = fc.record({
  where: filters,
  account: fc.option(fc.constantFrom(...PARTIES), { nil: undefined }),
  orderBy: fc.option(fc.constantFrom(...FIELDS), { nil: undefined }),
  direction: fc.constantFrom('asc', 'desc'),
  upTo: fc.oneof(fc.constant(LAST_BLOCK), fc.integer({ min: 99, max: LAST_BLOCK })),
})

function expected({ where, account: named, orderBy, direction, upTo }: Question): MadeUpTransfer[] {
  const rows = TRANSFERS.filter(
    (row) =>
      row.blockNumber <= upTo &&
      (named === undefined || row.from === named || row.to === named) &&
      isWanted(row, where),
  )
  return inOrder(rows, orderBy, direction)
}

const read = <T>(use: (query: RunQuery) => Promise<T>): Promise<T> => inTransaction(pool, use)
const list = (request: ListRequest) => read((query) => entityList(query, TRANSFER, request, LIMITS))
const ids = (rows: readonly { readonly id?: unknown }[]) => rows.map(({ id }) => id)

/** All pages one after another, with what each says of what lies before and after it. */
async function walk(question: Question, size: number, isForward: boolean): Promise<EntityRow[]> {
  return read(async (query) => {
    const pages: EntityRow[][] = []
    let position: Pick<PageRequest, 'after' | 'before'> = {}
    for (;;) {
      const size_ = isForward ? { first: size } : { last: size }
      const request = { ...question, ...size_, ...position, fields: FIELDS }
      const page: EntityPage = await entityPage(query, TRANSFER, request, LIMITS)
      const isFirst = pages.length === 0
      pages.push([...page.rows])
      const edge = isForward ? page.rows.at(-1) : page.rows[0]
      const [goesOn, cameFrom] = isForward
        ? [await page.hasNext(), await page.hasPrevious()]
        : [await page.hasPrevious(), await page.hasNext()]
      expect(cameFrom).toBe(!isFirst)
      if (!goesOn || edge === undefined) break
      position = isForward ? { after: page.cursorOf(edge) } : { before: page.cursorOf(edge) }
    }
    return (isForward ? pages : pages.reverse()).flat()
  })
}

test('a list is the rows that the filter means, in order, every value as it was stored', async () => {
  await fc.assert(
    fc.asyncProperty(
      questions,
      fc.integer({ min: 1, max: 70 }),
      fc.nat(70),
      async (question, first, skip) => {
        const rows = await list({ ...question, first, skip, fields: FIELDS })
        expect(rows).toEqual(expected(question).slice(skip, skip + first))
      },
    ),
    RUNS,
  )
})

test.each([
  ['forward', true],
  ['backward', false],
])('pages going %s are the whole list, each row once, and know where they end', async (_, isForward) => {
  await fc.assert(
    fc.asyncProperty(questions, fc.integer({ min: 1, max: 30 }), async (question, size) => {
      expect(await walk(question, size, isForward)).toEqual(expected(question))
    }),
    RUNS,
  )
})

test('between two cursors there are the rows between, from either end', async () => {
  await fc.assert(
    fc.asyncProperty(
      questions,
      fc.nat(59),
      fc.nat(59),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      async (question, one, other, size, isForward) => {
        const rows = expected(question)
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        fc.pre(rows[from] !== undefined && rows[to] !== undefined && from < to)
        await read(async (query) => {
          const all = await entityPage(query, TRANSFER, { ...question, fields: [] }, LIMITS)
          const cursor = (at: number) => all.cursorOf(all.rows[at] ?? {})
          const count = isForward ? { first: size } : { last: size }
          const bounds = { after: cursor(from), before: cursor(to) }
          const page = await entityPage(
            query,
            TRANSFER,
            { ...question, ...count, ...bounds, fields: ['id'] },
            LIMITS,
          )
          const between = rows.slice(from + 1, to)
          expect(ids(page.rows)).toEqual(ids(isForward ? between.slice(0, size) : between.slice(-size)))
          expect([await page.hasPrevious(), await page.hasNext()]).toEqual([true, true])
        })
      },
    ),
    RUNS,
  )
})

test('a count is the number of rows that the filter means', async () => {
  await fc.assert(
    fc.asyncProperty(questions, async (question) => {
      const count = await read((query) => entityCount(query, TRANSFER, { ...question, fields: [] }))
      expect(count).toBe(expected(question).length)
    }),
    RUNS,
  )
})

test('rows that come in between two pages neither repeat nor hide any', async () => {
  const question = { direction: 'desc', fields: ['id'], first: 20 } as const
  const page = (after?: string) =>
    read((query) => entityPage(query, TRANSFER, { ...question, after }, LIMITS))
  const first = await page()
  const cursor = first.cursorOf(first.rows.at(-1) ?? {})
  await tables.run(`insert into transfer select '0000000124-999999', 124, 999999, timestamp, transaction_hash,
    "from", "to", value, from_balance, to_balance from transfer limit 1`)
  const second = await page(cursor)
  await tables.run("delete from transfer where id = '0000000124-999999'")
  expect(ids([...first.rows, ...second.rows])).toEqual(
    ids(inOrder(TRANSFERS, undefined, 'desc').slice(0, 40)),
  )
})

test('only the columns that are asked for are read, and what the cursor needs', async () => {
  const [row] = await list({ direction: 'asc', fields: ['value'], first: 1 })
  expect(Object.keys(row ?? {}).sort()).toEqual(['blockNumber', 'logIndex', 'value'])
})

test('an address is named in any correct spelling, and the zero address, too', async () => {
  const mints = await list({ direction: 'asc', fields: ['from'], first: 100, where: { from: account('0') } })
  expect(mints.length).toBeGreaterThan(0)
  expect(new Set(mints.map(({ from }) => from))).toEqual(new Set([account('0')]))
})

test.each<[Where, string]>([
  [{ colour: 'red' }, 'E5040'],
  [{ value_near: 1n }, 'E5040'],
  [{ value_contains: '1' }, 'E5040'],
  [{ from_gt: account('a') }, 'E5040'],
  [{ value: '1' }, 'E5040'],
  [{ value_gt: null }, 'E5040'],
  [{ blockNumber: 1.5 }, 'E5040'],
  [{ value_in: null }, 'E5040'],
  [{ value_in: Array.from({ length: 1001 }, () => 1n) }, 'E5040'],
  [{ AND: Array.from({ length: 101 }, () => ({ value: 1n })) }, 'E5040'],
  [{ OR: null }, 'E5040'],
  [{ OR: [null] }, 'E5040'],
  [{ id_lt: 'a\0' }, 'E5040'],
  [{ fromAccount_: null }, 'E5040'],
  [{ fromAccount_: { balance: '1' } }, 'E5040'],
  [{ somebody_: {} }, 'E5040'],
  [{ from: 'alice' }, 'E5023'],
])('the filter %o is refused', async (where, code) => {
  await expect(list({ direction: 'asc', fields: [], where })).rejects.toMatchObject({ code, kind: 'invalid' })
  await expect(
    read((query) => entityCount(query, TRANSFER, { direction: 'asc', fields: [], where })),
  ).rejects.toMatchObject({ code })
})

test.each<[Partial<ListRequest & PageRequest>, string]>([
  [{ orderBy: 'colour' }, 'E5041'],
  [{ first: 0 }, 'E5021'],
  [{ first: 1001 }, 'E5021'],
  [{ first: 1.5 }, 'E5021'],
  [{ last: 1001 }, 'E5021'],
  [{ first: 1, last: 1 }, 'E5043'],
  [{ after: '' }, 'E5020'],
  [{ before: "' or 1=1" }, 'E5020'],
  [{ after: cursor('value', '1', 100, 0) }, 'E5020'],
  [{ after: cursor('blockNumber,logIndex', 100) }, 'E5020'],
  [{ after: cursor('blockNumber,logIndex', '100', 0) }, 'E5020'],
  [{ after: cursor('blockNumber,logIndex', null, 0) }, 'E5020'],
  [{ orderBy: 'value', after: cursor('value,blockNumber,logIndex', 'x', 100, 0) }, 'E5020'],
  [{ orderBy: 'timestamp', after: cursor('timestamp,blockNumber,logIndex', -1, 100, 0) }, 'E5020'],
])('the page %o is refused', async (request, code) => {
  const asked: PageRequest = { direction: 'desc', fields: [], ...request }
  await expect(read((query) => entityPage(query, TRANSFER, asked, LIMITS))).rejects.toMatchObject({ code })
})

test.each([-1, 5001, 0.5])('to skip %d rows is refused', async (skip) => {
  await expect(list({ direction: 'asc', fields: [], skip })).rejects.toMatchObject({ code: 'E5042' })
})

function cursor(...elements: unknown[]): string {
  return Buffer.from(JSON.stringify(elements)).toString('base64url')
}

test('times at the end of time are compared like any other', async () => {
  const latest = 253_402_300_799
  expect(await list({ direction: 'asc', fields: [], where: { timestamp_gt: latest } })).toEqual([])
  expect(await list({ direction: 'asc', fields: [], where: { timestamp_lte: latest } })).not.toEqual([])
})
