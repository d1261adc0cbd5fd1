// Over 300 lines: one list of every question that there is, and one rule that all of them are held to.
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Address } from '../../src/core/address'
import { WINDOW_NAMES } from '../../src/core/window'
import { accountAt } from '../../src/read/account-at'
import type { AsOf, AsOfRequest } from '../../src/read/as-of'
import { economyAt } from '../../src/read/economy-at'
import type { Where } from '../../src/read/entities/condition'
import { cursorOf } from '../../src/read/entities/cursor'
import { entityNamed } from '../../src/read/entities/entities'
import { entityCount, entityList, entityPage, type PageRequest } from '../../src/read/entities/entity-page'
import { orderOf } from '../../src/read/entities/order'
import { rowsByKey } from '../../src/read/entities/rows-by-key'
import { excludedWalletsAt } from '../../src/read/excluded-wallets-at'
import { keepFinalClosings } from '../../src/read/final-closings'
import { type Frame, loadFrame } from '../../src/read/frame'
import { invariantsAt } from '../../src/read/invariants-at'
import type { Reads } from '../../src/read/reads'
import { resolveAsOf } from '../../src/read/resolve-as-of'
import type { RunQuery } from '../../src/read/row'
import { closingsAt, type SeriesReads, seriesAt } from '../../src/read/series-at'
import { statement } from '../../src/read/statement'
import { inTransaction, openPool } from '../../src/read/transaction'
import { windowsAt } from '../../src/read/windows-at'
import { createTables, type TestTables } from '../support/tables'
import {
  BUSY,
  fillLongHistory,
  HOLDER,
  hashOfBlock,
  LAST_BLOCK,
  LONG_ECONOMY,
  QUIET,
  STRANGER,
  timeOfBlock,
} from './long-history'
import {
  descentsOf,
  type ExplainedStatement,
  explaining,
  nodesOf,
  pagesOf,
  planLines,
  rowsRead,
} from './plans'

/** Tables of a few rows, whatever the length of history. */
const SMALL_TABLES = ['deployment', 'head', 'status', 'source_status', 'invariant_break']
/** What one row of an answer may take: an account's is put together of five lookups, a month's of 31 days. */
const PAGES_PER_ROW = 40
const ROWS_PER_ROW = 31
/**
 * What a hundred times the rows may add to each way down an index: the level by which the tree is higher, and a page
 * each of index and table where neighbouring rows came to lie on two.
 */
const PAGES_PER_DESCENT = 3
/** Questions whose plan is printed. */
const SHOWN = ['an account that has been quiet for long', 'all six windows']

interface Index {
  readonly tables: TestTables
  readonly pool: Pool
}

type Ask = (query: RunQuery, asOf: AsOf, frame: Frame) => Promise<unknown>

const { policy } = LONG_ECONOMY
const freshness = { now: timeOfBlock(LAST_BLOCK), maxLagSeconds: 60 }
const resolving =
  (request: (block: number) => AsOfRequest): Ask =>
  (query, asOf, frame) =>
    resolveAsOf(query, frame, request(asOf.block), freshness)
/** Of which nothing is known yet. */
const seriesReads = (query: RunQuery, frame: Frame): SeriesReads => ({
  query,
  frame,
  state: async () => ({ frame, finalUntil: undefined }),
  finalClosings: keepFinalClosings(),
})
const series =
  (interval: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH', hours: number | undefined): Ask =>
  (query, asOf, frame) => {
    const from = hours === undefined ? frame.firstTimestamp : asOf.instant - (hours - 1) * 3_600
    return seriesAt(seriesReads(query, frame), asOf, { interval, from, to: undefined }, policy)
  }
const closings =
  (interval: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'): Ask =>
  (query, asOf, frame) => {
    const request = { interval, from: frame.firstTimestamp, to: undefined }
    return closingsAt(seriesReads(query, frame), asOf, request, ['totalSupply', 'treasuryBalance'])
  }
const LIMITS = { most: 1000, byDefault: 30 }
const FIELDS = ['id', 'timestamp', 'from', 'to', 'value', 'fromBalance', 'toBalance']
/** A page of transfers, with whether there are rows before and after it. */
const transfers =
  (request: Partial<PageRequest> | ((block: number) => Partial<PageRequest>)): Ask =>
  async (query, asOf) => {
    const asked = typeof request === 'function' ? request(asOf.block) : request
    const page = await entityPage(
      query,
      entityNamed('Transfer'),
      { fields: FIELDS, direction: 'desc', upTo: asOf.block, first: 30, ...asked },
      LIMITS,
    )
    await page.hasPrevious()
    await page.hasNext()
  }
const where = (filter: Where) => transfers({ where: filter })
const cursorAt = (block: number) =>
  cursorOf(orderOf(entityNamed('Transfer'), undefined, 'asc'), { blockNumber: block, logIndex: 0 })
const idAt = (block: number) => `${String(block).padStart(10, '0')}-000000`
const statementOf =
  (account: Address, direction: 'asc' | 'desc', isDeep = false): Ask =>
  async (query, asOf) => {
    const after = isDeep ? cursorAt(asOf.block / 2) : undefined
    const page = await statement(query, asOf, {
      account,
      first: isDeep ? 3 : 30,
      after,
      direction,
      figures: undefined,
    })
    await page.hasPrevious()
  }

const QUESTIONS = {
  resolve: {
    'the head': resolving(() => ({ kind: 'head' })),
    'a block by number': resolving((number) => ({ kind: 'number', number })),
    'a block by hash': resolving((block) => ({ kind: 'hash', hash: hashOfBlock(block) })),
    'a block by time': resolving((block) => ({ kind: 'timestamp', timestamp: timeOfBlock(block) - 1 })),
  },
  economyAt: { 'the economy': (query, asOf) => economyAt(query, asOf) },
  accountAt: {
    'a busy account': (query, asOf) => accountAt(query, asOf, BUSY),
    'an account that has been quiet for long': (query, asOf) => accountAt(query, asOf, QUIET),
    'an account that was never seen': (query, asOf) => accountAt(query, asOf, STRANGER),
  },
  windowsAt: {
    'all six windows': async (query, asOf, frame) =>
      windowsAt(query, (await economyAt(query, asOf)).economy, frame, asOf, WINDOW_NAMES, policy),
  },
  seriesAt: {
    'a thousand hours': series('HOUR', 1_000),
    'every day': series('DAY', undefined),
    'every week': series('WEEK', undefined),
    'every month': series('MONTH', undefined),
  },
  closingsAt: { 'how every day closed': closings('DAY'), 'how every month closed': closings('MONTH') },
  invariantsAt: {
    'the invariants': async (query, asOf) =>
      invariantsAt(query, (await economyAt(query, asOf)).economy, asOf, policy),
  },
  excludedWalletsAt: { 'the excluded wallets': (query, asOf) => excludedWalletsAt(query, asOf, policy) },
  entityPage: {
    'a page of transfers': transfers({}),
    'a page in the midst of transfers': transfers((block) => ({
      direction: 'asc',
      after: cursorAt(block / 2),
    })),
    'the page before it': transfers((block) => ({
      direction: 'asc',
      first: undefined,
      last: 30,
      before: cursorAt(block / 2),
    })),
    "a busy account's page": transfers({ account: BUSY }),
    "a quiet account's page": transfers({ account: QUIET }),
    "a quiet account's last row": transfers({ account: QUIET, first: 1 }),
    "a stranger's page": transfers({ account: STRANGER }),
    'what a quiet account sent': where({ from: QUIET }),
    'what a quiet account sent or received': where({ OR: [{ from: QUIET }, { to: QUIET }] }),
    'what one of two accounts sent': where({ from_in: [QUIET, STRANGER] }),
    'what a quiet account sent before the middle of its time': transfers((block) => ({
      where: { from: QUIET, blockNumber_lt: block / 4 },
      first: 10,
    })),
    'what a busy account sent in three days of the past': transfers((block) => ({
      first: 10,
      where: {
        from: BUSY,
        timestamp_gte: timeOfBlock(block / 2),
        timestamp_lt: timeOfBlock(block / 2) + 3 * 86_400,
      },
    })),
    'what was sent after a row, by its id': transfers((block) => ({
      where: { id_gt: idAt(block / 2) },
      direction: 'asc',
    })),
    'what was sent in three days of the past': transfers((block) => ({
      where: { timestamp_gte: timeOfBlock(block / 2), timestamp_lt: timeOfBlock(block / 2) + 3 * 86_400 },
      orderBy: 'timestamp',
    })),
  },
  entityList: {
    'a page of burns': (query, asOf) =>
      entityList(
        query,
        entityNamed('Burn'),
        { fields: ['value'], direction: 'desc', upTo: asOf.block },
        LIMITS,
      ),
    'inflows of one purpose': (query, asOf) =>
      entityList(
        query,
        entityNamed('TreasuryFlow'),
        { fields: ['value'], where: { purpose: 'BUYBACK' }, direction: 'desc', upTo: asOf.block },
        LIMITS,
      ),
    'top holders': (query) =>
      entityList(
        query,
        entityNamed('Account'),
        { fields: ['balance'], orderBy: 'balance', direction: 'desc' },
        LIMITS,
      ),
    'top stakers, from a rank on': (query) =>
      entityList(
        query,
        entityNamed('Account'),
        { fields: ['staked'], where: { staked_lt: 500n }, orderBy: 'staked', direction: 'desc' },
        LIMITS,
      ),
  },
  entityCount: {
    'how many transfers a stranger sent': (query, asOf) =>
      entityCount(query, entityNamed('Transfer'), {
        fields: [],
        where: { from: STRANGER },
        direction: 'desc',
        upTo: asOf.block,
      }),
  },
  rowsByKey: {
    'snapshots of some blocks': (query, asOf) =>
      rowsByKey(query, entityNamed('Snapshot'), 'blockNumber', [asOf.block, asOf.block / 2], ['totalSupply']),
    'some accounts': (query) =>
      rowsByKey(query, entityNamed('Account'), 'id', [HOLDER, STRANGER], ['balance']),
  },
  statement: {
    "a busy account's statement": statementOf(BUSY, 'desc'),
    "a busy account's statement from the middle on": statementOf(BUSY, 'desc', true),
    "a quiet account's statement": statementOf(QUIET, 'desc'),
    "a quiet account's statement, oldest first": statementOf(QUIET, 'asc', true),
    "a stranger's statement": statementOf(STRANGER, 'desc'),
  },
} as const satisfies Record<
  Exclude<
    keyof Reads,
    | 'freshness'
    | 'status'
    | 'newest'
    | 'reconciliations'
    | 'coverageTotals'
    | 'correctionsSince'
    | 'newestCorrection'
    | 'setbackSince'
    | 'baseSinceTakenBack'
    | 'eventsIn'
  >,
  Readonly<Record<string, Ask>>
>

const CASES = Object.values(QUESTIONS).flatMap((group) => Object.entries<Ask>(group))
const PLACES = [
  { place: 'the beginning', block: 40_000 },
  { place: 'the middle', block: 500_000 },
  { place: 'the end', block: LAST_BLOCK },
]

async function build(rows: number): Promise<Index> {
  const tables = await createTables()
  await fillLongHistory(tables, rows)
  return { tables, pool: openPool(tables.url, () => undefined) }
}

/** Asks at a block, and hands over every statement that the question ran. */
async function explain({ pool }: Index, block: number, ask: Ask): Promise<ExplainedStatement[]> {
  const statements: ExplainedStatement[] = []
  await inTransaction(pool, async (query) => {
    const frame = await loadFrame(explaining(query, statements), LONG_ECONOMY)
    const asOf = await resolveAsOf(query, frame, { kind: 'number', number: block }, freshness)
    await ask(explaining(query, statements), asOf, frame)
  })
  return statements
}

const shown = ({ text, values, plan }: ExplainedStatement): string =>
  [text, `values: ${JSON.stringify(values)}`, ...planLines(plan)].join('\n')

let short: Index
let long: Index

beforeAll(async () => {
  short = await build(10_000)
  long = await build(1_000_000)
}, 300_000)

afterAll(async () => {
  for (const { pool, tables } of [short, long]) {
    await pool.end()
    await tables.drop()
  }
})

describe.each(PLACES)('asked at $place of a million blocks', ({ block }) => {
  test.each(CASES)('%s is looked up, not searched for', async (name, ask) => {
    const statements = await explain(long, block, ask)
    const fewer = await explain(short, block, ask)
    expect(statements.map(({ text }) => text)).toEqual(fewer.map(({ text }) => text))
    for (const [index, statement] of statements.entries()) {
      const { plan } = statement
      const other = fewer[index]?.plan ?? plan
      const lines = `${shown(statement)}\nwith a hundredth of the rows:\n${planLines(other).join('\n')}`
      const rows = Math.max(1, plan['Actual Rows'])
      for (const node of [...nodesOf(plan), ...nodesOf(other)]) {
        if (node['Node Type'] === 'Seq Scan') expect(SMALL_TABLES, lines).toContain(node['Relation Name'])
        expect(rowsRead(node), lines).toBeLessThanOrEqual(ROWS_PER_ROW * rows)
      }
      expect(pagesOf(plan), lines).toBeLessThanOrEqual(PAGES_PER_ROW * rows)
      expect(other['Actual Rows'], lines).toBe(plan['Actual Rows'])
      expect(pagesOf(plan), lines).toBeLessThanOrEqual(pagesOf(other) + PAGES_PER_DESCENT * descentsOf(plan))
    }
    const last = statements.at(-1)
    if (SHOWN.includes(name) && block === LAST_BLOCK && last !== undefined) console.info(shown(last))
  })
})
