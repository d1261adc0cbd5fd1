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
  const { data } = await ask(`{ coverageRuns(orderDirection: asc) ${RUNS} coverageTotals ${TOTALS} }`)
  const status = (await filled.api.app.inject('/status')).json()
  expect(data.coverageRuns).toHaveLength(3)
  expect(status.coverage).toEqual(data.coverageRuns)
  expect(status.coverageTotals).toEqual(data.coverageTotals)
  expect(status.coverageRuns).toBe(3)
  expect(data.coverageTotals[1]).toEqual({
    ...{ source: 'RPC', verification: 'RECEIPTS', runs: 1, blocks: 5, blocksChecked: 2 },
  })
})

test('is told of a stale head too, for it says nothing about now', async () => {
  filled.api.now += 3600
  const { data, extensions } = await ask('{ coverageRuns(first: 1) { toBlock } head { blockNumber } }')
  expect(data).toEqual({ coverageRuns: [{ toBlock: 112 }], head: { blockNumber: 112 } })
  expect(extensions.asOf).toMatchObject({ block: 112, lagSeconds: 3603 })
})

test('of the database of another economy is refused', async () => {
  await filled.tables.run('update deployment set chain_id = 1')
  for (const query of [
    '{ coverageTotals { blocks } }',
    '{ coverageRuns { blocks } }',
    '{ deployment { id } }',
  ]) {
    const { errors } = await ask(query)
    expect(errors[0].extensions).toMatchObject({ code: 'E5004' })
  }
})
