import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { INVARIANT_NAMES } from '../../src/core/invariants'
import type { FilledApi } from '../support/filled-api'
import { createLivedApi, fillReconciliations, GREW, HEAD, LIVED } from '../support/lived-economy'
import { hashOf, reconciliationRow, setDeployment, timeOf } from '../support/small-economy'
import { run, storeCoverage } from '../support/stored-coverage'
import { createTables, type TestTables } from '../support/tables'
import { createTestApi, type TestApi } from '../support/test-api'
import { type Exposition, parseExposition } from './parse-exposition'

let filled: FilledApi
let tables: TestTables
let api: TestApi

beforeAll(async () => {
  filled = await createLivedApi()
  ;({ tables, api } = filled)
})
afterEach(async () => {
  await filled.restore()
  await tables.run('delete from reconciliation')
})
afterAll(() => filled.close())

const scrape = async (from: TestApi = api): Promise<Exposition> => {
  const reply = await from.app.inject('/metrics')
  expect(reply.statusCode).toBe(200)
  expect(reply.headers).toMatchObject({
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    'cache-control': 'no-store',
  })
  return parseExposition(reply.body)
}

describe('/metrics', () => {
  test('says how far the history is, and how it stands with the chain', async () => {
    const before = await scrape()
    expect([...before.keys()].filter((name) => name.startsWith('ashao_reconciliation'))).toEqual([])
    await fillReconciliations(tables)
    const metrics = await scrape()
    expect(Object.fromEntries(metrics)).toMatchObject({
      ashao_indexed_block: { '': HEAD },
      ashao_finalized_block: { '': GREW },
      ashao_chain_head_block: { '': HEAD + 4 },
      ashao_lag_seconds: { '': 3 },
      ashao_events: { '': 20 },
      ashao_upgrades: { '': 1 },
      ashao_reconciliation_checks: { 'result="equal"': 1, 'result="different"': 1, 'result="gap"': 2 },
      ashao_reconciliation_standing_differences: { '': 2 },
      ashao_reconciliation_block: { '': GREW },
      ashao_reconciliation_timestamp_seconds: { '': timeOf(GREW) + 60 },
    })
  })

  test('agrees with the API about every invariant', async () => {
    const metrics = await scrape()
    const { invariants } = (await api.app.inject('/api/invariants')).json<{
      invariants: { name: string; status: string; firstBroken: { block: number } | null }[]
    }>()
    const holds = invariants.map(({ name, status }) => [`invariant="${name}"`, Number(status === 'HOLDS')])
    expect(metrics.get('ashao_invariant_holds')).toEqual(Object.fromEntries(holds))
    const broken = invariants.flatMap(({ name, firstBroken }) =>
      firstBroken === null ? [] : [[`invariant="${name}"`, firstBroken.block]],
    )
    expect(broken).toHaveLength(2)
    expect(metrics.get('ashao_invariant_first_broken_block')).toEqual(Object.fromEntries(broken))
  })

  test('is ready exactly when /ready is', async () => {
    const ready = async () => {
      const { statusCode } = await api.app.inject('/ready')
      expect((await scrape()).get('ashao_ready')).toEqual({ '': Number(statusCode === 200) })
      return statusCode
    }
    expect(await ready()).toBe(200)
    api.now += 3600
    expect(await ready()).toBe(503)
    // However old it is: the samples are still those of the newest block.
    expect((await scrape()).get('ashao_lag_seconds')).toEqual({ '': 3603 })
  })

  test('counts what stands, also where the latest comparison had gaps only, and is as red as /ready', async () => {
    const staked = { figure: 'account.staked', derived: '0', onChain: '5' }
    const standing = [{ ...staked, blockNumber: GREW, blockHash: hashOf(GREW) }]
    const gap = { figure: 'account.staked', derived: '0', result: 'GAP', reason: 'the view reverted' }
    await tables.insert(
      'reconciliation',
      reconciliationRow('1700179260001', HEAD, 'INTERVAL', [gap], standing),
    )
    expect(Object.fromEntries(await scrape())).toMatchObject({
      ashao_ready: { '': 0 },
      ashao_reconciliation_checks: { 'result="different"': 0, 'result="gap"': 1 },
      ashao_reconciliation_standing_differences: { '': 1 },
    })
    const status = (await api.app.inject('/status')).json()
    expect(status).toMatchObject({
      reconciliation: { different: 0, standing: 1 },
      problems: [{ code: 'E5011' }],
    })
    await tables.run("update reconciliation set standing = '[]'")
    expect(Object.fromEntries(await scrape())).toMatchObject({
      ashao_ready: { '': 1 },
      ashao_reconciliation_standing_differences: { '': 0 },
    })
    expect((await api.app.inject('/ready')).statusCode).toBe(200)
  })

  test('says how many blocks were read in each way, and of how many it was checked', async () => {
    expect((await scrape()).has('ashao_blocks_covered')).toBe(false)
    const runs = [run(100, 149, 'GATEWAY', 'NONE', 0), run(150, 159, 'RPC', 'QUORUM', 4)]
    await storeCoverage(tables, runs)
    onTestFinished(() => storeCoverage(tables, []))
    const metrics = await scrape()
    expect(metrics.get('ashao_blocks_covered')).toEqual({
      'source="gateway",verification="none"': 50,
      'source="rpc",verification="quorum"': 10,
    })
    expect(metrics.get('ashao_blocks_checked')).toEqual({
      'source="gateway",verification="none"': 0,
      'source="rpc",verification="quorum"': 4,
    })
  })

  test('has no sample of an invariant that cannot be judged', async () => {
    const policy = { ...LIVED.policy, partial: { token: false, staking: true, stable: false } }
    const economy = { ...LIVED, policy }
    await setDeployment(tables, ['staking'], economy)
    const other = await createTestApi(tables.url, economy)
    onTestFinished(other.close)
    other.now = api.now
    const holds = (await scrape(other)).get('ashao_invariant_holds') ?? {}
    const unknown = INVARIANT_NAMES.filter((name) => !(`invariant="${name}"` in holds))
    expect(unknown).toEqual(['stakesEqualStaked', 'rewardsPaidWithinFunded'])
  })

  test('has no first broken block where everything always held', async () => {
    const sound = await createLivedApi()
    onTestFinished(sound.close)
    await sound.tables.run('update snapshot set upgrade_count = 0')
    await sound.tables.run('delete from invariant_break')
    const metrics = await scrape(sound.api)
    expect(metrics.get('ashao_invariant_holds')).toMatchObject({ 'invariant="contractsUnchanged"': 1 })
    expect(metrics.get('ashao_upgrades')).toEqual({ '': 0 })
    expect(metrics.has('ashao_invariant_first_broken_block')).toBe(false)
  })

  test('of the database of another economy tells nothing', async () => {
    await setDeployment(tables, [])
    expect(Object.fromEntries(await scrape())).toEqual({ ashao_ready: { '': 0 } })
  })

  test('over an empty store has no sample where there is nothing to count', async () => {
    const empty = await createTables()
    onTestFinished(empty.drop)
    const fresh = await createTestApi(empty.url, LIVED)
    onTestFinished(fresh.close)
    expect(Object.fromEntries(await scrape(fresh))).toEqual({ ashao_ready: { '': 0 } })
  })

  test('without a database still answers, with nothing but that it is not ready', async () => {
    const away = await createTestApi('postgres://127.0.0.1:1/none', LIVED)
    onTestFinished(away.close)
    expect(Object.fromEntries(await scrape(away))).toEqual({ ashao_ready: { '': 0 } })
    expect(away.reported).toEqual([])
  })

  test('reports a failure that it did not expect, and answers all the same', async () => {
    await filled.change(
      'alter table head rename column hash to was; alter table head add column hash int',
      'alter table head drop column hash; alter table head rename column was to hash',
    )
    expect(Object.fromEntries(await scrape())).toEqual({ ashao_ready: { '': 0 } })
    expect(String(api.reported.at(-1))).toContain('hash')
  })

  test('takes no parameters', async () => {
    expect((await api.app.inject('/metrics?name=ashao_ready')).json()).toMatchObject({ code: 'E5030' })
  })
})
