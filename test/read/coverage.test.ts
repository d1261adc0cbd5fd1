import fc from 'fast-check'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CoverageRow, extendCoverage } from '../../src/core/coverage'
import { MOST_RUNS } from '../../src/read/coverage'
import { openReads, type Reads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { ECONOMY, fillSmallEconomy, hashOf, timeOf } from '../support/small-economy'
import { run, storeCoverage } from '../support/stored-coverage'
import { createTables, type TestTables } from '../support/tables'

let tables: TestTables
let pool: Pool

beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  pool = openPool(tables.url, () => undefined)
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

const read = <T>(use: (reads: Reads) => Promise<T>): Promise<T> =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(112) }).snapshot(use)
const summary = () => read(async (reads) => (await reads.status()).coverage)

/** Histories as a source hands them over: stretches of blocks, each read and checked in its way. */
const histories = fc
  .array(
    fc.record({
      source: fc.constantFrom('RPC' as const, 'GATEWAY' as const),
      verification: fc.constantFrom('NONE' as const, 'BLOOM' as const, 'RECEIPTS' as const),
      blocks: fc.integer({ min: 1, max: 500 }),
      unchecked: fc.nat(500),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((stretches) => {
    let next = 100
    return stretches.map(({ source, verification, blocks, unchecked }) => {
      const fromBlock = next
      next += blocks
      const blocksChecked = Math.max(blocks - unchecked, 0)
      const coverage = { fromBlock, source, verification, blocksChecked }
      return { number: next - 1, hash: hashOf(next - 1), coverage }
    })
  })

test('runs hold every indexed block once, and the totals hold the same blocks', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (stretches) => {
      const stored = extendCoverage(undefined, 100, stretches)
      await storeCoverage(tables, stored)
      const runs = (await summary()).newest
      let next = 100
      for (const { fromBlock, toBlock, blocks } of runs) {
        expect(fromBlock).toBe(next)
        next += blocks
        expect(next).toBe(toBlock + 1)
      }
      expect(next - 1).toBe(stretches.at(-1)?.number)
      const { totals } = await summary()
      expect(await read((reads) => reads.coverageTotals())).toEqual(totals)
      for (const total of totals) {
        const own = stretches.filter(
          ({ coverage }) => coverage.source === total.source && coverage.verification === total.verification,
        )
        const blocks = own.reduce((sum, { number, coverage }) => sum + number - coverage.fromBlock + 1, 0)
        const checked = own.reduce((sum, { coverage }) => sum + coverage.blocksChecked, 0)
        expect(total).toMatchObject({ blocks, blocksChecked: checked })
      }
      expect(totals.reduce((sum, { blocks }) => sum + blocks, 0)).toBe(next - 100)
      expect(totals.reduce((sum, each) => sum + each.runs, 0)).toBe(runs.length)
    }),
    { numRuns: 50 },
  )
})

test('every value comes back as it was stored', async () => {
  await storeCoverage(tables, [
    run(100, 104, 'GATEWAY', 'NONE', 0),
    run(105, 112, 'RPC', 'QUORUM', 3),
    run(113, 113, 'RPC', 'RECEIPTS', 1),
  ])
  expect((await summary()).newest[1]).toEqual({
    ...{ id: '0000000105', fromBlock: 105, toBlock: 112, toHash: hashOf(112) },
    ...{ source: 'RPC', verification: 'QUORUM', blocks: 8, blocksChecked: 3 },
  })
})

test('of many runs the summary has the newest, and counts all', async () => {
  const many: CoverageRow[] = Array.from({ length: 130 }, (_, index) =>
    run(100 + index, 100 + index, 'RPC', index % 2 === 0 ? 'BLOOM' : 'NONE', (index + 1) % 2),
  )
  await storeCoverage(tables, many)
  const all = many.map(({ fromBlock }) => fromBlock)
  const { newest, totals } = await summary()
  expect(newest.map(({ fromBlock }) => fromBlock)).toEqual(all.slice(-MOST_RUNS))
  expect(totals).toEqual([
    { source: 'RPC', verification: 'BLOOM', runs: 65, blocks: 65, blocksChecked: 65 },
    { source: 'RPC', verification: 'NONE', runs: 65, blocks: 65, blocksChecked: 0 },
  ])
})

test('where nothing was read there is nothing', async () => {
  await storeCoverage(tables, [])
  expect(await summary()).toEqual({ newest: [], totals: [] })
})
