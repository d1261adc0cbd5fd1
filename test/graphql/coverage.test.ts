import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSmallApi, type FilledApi } from '../support/filled-api'
import { run, storeCoverage } from '../support/stored-coverage'
import { postGraphql } from './flat-answers'

let filled: FilledApi

beforeAll(async () => {
  filled = await createSmallApi()
  await storeCoverage(filled.tables, [
    run(100, 104, 'GATEWAY', 'NONE', 0),
    run(105, 109, 'RPC', 'RECEIPTS', 2),
    run(110, 112, 'RPC', 'BLOOM', 3),
  ])
})
afterEach(() => filled.restore())
afterAll(() => filled.close())

const RUNS = '{ fromBlock toBlock toHash source verification blocks blocksChecked }'
const TOTALS = '{ source verification runs blocks blocksChecked }'
const ask = (query: string) => postGraphql(filled.api, query)

test('is the same in GraphQL and /status', async () => {
  const { data } = await ask(`{ coverage ${RUNS} coverageTotals ${TOTALS} }`)
  const status = (await filled.api.app.inject('/status')).json()
  expect(data.coverage).toHaveLength(3)
  expect(status.coverage).toEqual(data.coverage)
  expect(status.coverageTotals).toEqual(data.coverageTotals)
  expect(status.coverageRuns).toBe(3)
  expect(data.coverageTotals[1]).toEqual({
    ...{ source: 'RPC', verification: 'RECEIPTS', runs: 1, blocks: 5, blocksChecked: 2 },
  })
})

test('is paged by the id of the last run', async () => {
  const { data } = await ask('{ coverage(first: 1, after: "0000000100") { id fromBlock } }')
  expect(data.coverage).toEqual([{ id: '0000000105', fromBlock: 105 }])
  const { errors } = await ask('{ coverage(first: 101) { id } }')
  expect(errors[0].extensions).toMatchObject({ code: 'E5021' })
})

test('is told of a stale head too, for it says nothing about now', async () => {
  filled.api.now += 3600
  const { data } = await ask('{ coverage { toBlock } }')
  expect(data.coverage.at(-1)).toEqual({ toBlock: 112 })
})

test('of the database of another economy is refused', async () => {
  await filled.tables.run('update deployment set chain_id = 1')
  const { errors } = await ask('{ coverageTotals { blocks } }')
  expect(errors[0].extensions).toMatchObject({ code: 'E5004' })
})
