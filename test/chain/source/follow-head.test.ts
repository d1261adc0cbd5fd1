import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { SimulatedChain } from '../../../bench/ingest/simulator/chain'
import type { Call } from '../../../bench/ingest/simulator/faults'
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../bench/ingest/simulator/simulator'
import {
  createSimulatedDatabase,
  dropSimulatedTemplate,
  type SimulatedDatabase,
} from '../../support/simulated-database'
import {
  type Commit,
  type IndexOptions,
  type SimulatedIndex,
  startSimulatedIndex,
} from '../../support/simulated-index'
import { equalsTruth } from '../../support/simulated-truth'

const SMALL = { blocks: 80, events: 160, accounts: 40, finality: 30, noise: 3 }
/** With room for a deep reorganisation. */
const DEEP = { ...SMALL, blocks: 120, finality: 100 }

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of opened.splice(0).reverse()) await close()
})
afterAll(dropSimulatedTemplate)

interface Followed {
  readonly simulator: Simulator
  readonly chain: SimulatedChain
  readonly index: SimulatedIndex
  readonly database: SimulatedDatabase
  /** Every call of the endpoint, in order. */
  readonly calls: Call[]
}

/** An index that has reached the head of its chain, or a block on the way of one that grows. */
async function followed(
  options: SimulatorOptions,
  settings: Partial<IndexOptions> & { readonly isPushed?: boolean; readonly to?: number } = {},
): Promise<Followed> {
  const calls: Call[] = []
  const simulator = await startSimulator({ onCall: (call) => void calls.push(call), ...options })
  opened.push(simulator.close)
  const { chain } = simulator
  const database = await createSimulatedDatabase()
  opened.push(database.drop)
  const urls = [settings.isPushed ? simulator.webSocketUrl : simulator.url]
  const index = await startSimulatedIndex({ chain, urls, database, ...settings })
  opened.push(index.stop)
  const { to } = settings
  if (to === undefined) await index.reachesHead()
  else await index.until((commit) => (topOf(commit)?.height ?? 0) >= to)
  return { simulator, chain, index, database, calls }
}

const isPoll = ({ params }: Call): boolean => params[0] === 'latest'
const topOf = ({ base, blocks }: Commit) => blocks.at(-1) ?? base

/** Resolves when the endpoint was asked for its head so many times more. */
async function polls({ calls }: Followed, count: number): Promise<void> {
  const before = calls.filter(isPoll).length
  await vi.waitUntil(() => calls.filter(isPoll).length >= before + count, { timeout: 20_000, interval: 5 })
}

describe('a reorganisation', () => {
  test('at the same height is seen at the next poll', async () => {
    const all = await followed({ chain: SMALL }, { headPollMs: 300 })
    const { chain, index, database, calls } = all
    await polls(all, 1)
    calls.length = 0
    chain.reorg(1, { events: 3 })
    await index.reachesHead()
    const asked = calls.findIndex(({ method }) => method === 'eth_getLogs')
    expect(calls.slice(0, asked).filter(isPoll)).toHaveLength(1)
    expect(await equalsTruth(database.client, chain)).toBe(80)
  })

  test('of 64 blocks is repaired in one batch, from the last common block on', async () => {
    const { chain, index, database } = await followed({ chain: DEEP })
    const { hash } = chain.store.facts(56)
    const began = performance.now()
    chain.reorg(64)
    await index.reachesHead()
    const commit = index.commits.at(-1)
    const took = Math.round((commit?.at ?? 0) - began)
    console.log(`a reorganisation of 64 blocks was repaired in ${took} ms, polls every 50 ms among them`)
    expect(commit?.base).toMatchObject({ height: 56, hash })
    expect(commit?.blocks).toHaveLength(64)
    expect(took).toBeLessThan(10_000)
    expect(await equalsTruth(database.client, chain)).toBe(120)
  })

  test('while logs are asked for by the hash of a block is noticed: that block is not waited for', async () => {
    let reorganise = (): void => undefined
    const onCall = ({ method, params: [filter] }: Call): void => {
      if (method === 'eth_getLogs' && 'blockHash' in (filter as object)) reorganise()
    }
    const { chain, index, database } = await followed({ chain: SMALL, onCall })
    let times = 0
    reorganise = () => {
      times += 1
      if (times <= 3) chain.reorg(2, { events: 4 })
    }
    const began = performance.now()
    chain.advance(1, { events: 3 })
    await index.until(() => times > 3)
    await index.reachesHead()
    const took = Math.round(performance.now() - began)
    console.log(`three reorganisations while logs were read: repaired in ${took} ms`)
    expect(took).toBeLessThan(20_000)
    expect(await equalsTruth(database.client, chain)).toBe(81)
  })

  test('one upon the other, while the chain grows, leaves what is true', async () => {
    const { chain, index, database } = await followed({ chain: SMALL })
    for (const [depth, blocks] of [
      [3, 3],
      [1, 2],
      [9, 10],
      [15, 18],
      [2, 2],
    ] as const) {
      chain.reorg(depth, { blocks })
      chain.advance(1)
      await index.reachesHead()
    }
    expect(await equalsTruth(database.client, chain)).toBe(chain.head())
  })

  test('below what is final ends the indexer, and keeps the next one from starting', async () => {
    const { chain, index, database, simulator } = await followed({ chain: { ...SMALL, finality: 8 } })
    const stored = await database.client.query('SELECT count(*) FROM snapshot')
    chain.reorg(20)
    await expect(index.reachesHead()).rejects.toMatchObject({ code: 'E3010', facts: { block: 72 } })
    expect((await database.client.query('SELECT count(*) FROM snapshot')).rows).toEqual(stored.rows)
    const again = startSimulatedIndex({ chain, urls: [simulator.url], database })
    await expect(again).rejects.toMatchObject({ code: 'E3010' })
  })
})

describe('a head that is lower than before', () => {
  test('is that of a replica which lags: the index never goes backwards', async () => {
    const all = await followed({ chain: SMALL })
    const { simulator, chain, index, database } = all
    simulator.setLag(7)
    await polls(all, 12)
    chain.advance(3)
    await polls(all, 3)
    simulator.setLag(0)
    await index.reachesHead()
    const heights = index.commits.map((commit) => topOf(commit)?.height ?? -1)
    expect(heights).toEqual(heights.toSorted((one, other) => one - other))
    expect(await equalsTruth(database.client, chain)).toBe(83)
  })

  test('is that of the chain if it stays so: a fork with fewer blocks is followed after 5 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const all = await followed({ chain: SMALL })
    const { chain, index, database } = all
    chain.reorg(9, { blocks: 4 })
    await polls(all, 6)
    expect(topOf(index.commits.at(-1) as Commit)?.height).toBe(80)
    vi.setSystemTime(Date.now() + 5_000)
    await index.reachesHead()
    expect(await equalsTruth(database.client, chain)).toBe(75)
  })

  test('is that of the chain if it stays so: the same blocks, only fewer, are followed after 15 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const all = await followed({ chain: SMALL })
    const { chain, index, database } = all
    chain.reorg(9, { blocks: 0 })
    vi.setSystemTime(Date.now() + 6_000)
    await polls(all, 6)
    expect(topOf(index.commits.at(-1) as Commit)?.height).toBe(80)
    vi.setSystemTime(Date.now() + 15_000)
    await index.reachesHead()
    expect(await equalsTruth(database.client, chain)).toBe(71)
    chain.advance(20)
    await index.reachesHead()
    expect(await equalsTruth(database.client, chain)).toBe(91)
  })
})

describe('a head that is pushed', () => {
  test('is applied without waiting for a poll', async () => {
    const { chain, index, database, calls } = await followed(
      { chain: SMALL },
      { isPushed: true, headPollMs: 60_000 },
    )
    await vi.waitUntil(() => index.rpc.isPushed(), { timeout: 10_000, interval: 5 })
    calls.length = 0
    const times: number[] = []
    for (let block = 0; block < 20; block += 1) {
      const began = performance.now()
      chain.advance(1, { events: 3 })
      await index.reachesHead()
      times.push((index.commits.at(-1)?.at ?? 0) - began)
    }
    const median = times.toSorted((one, other) => one - other)[10] ?? 0
    console.log(`from a pushed head to the applied batch: median ${median.toFixed(1)} ms of ${times.length}`)
    expect(calls.filter(isPoll)).toEqual([])
    expect(await equalsTruth(database.client, chain)).toBe(100)
  })

  test('is not needed: where sockets are cut or fall silent, polls go on', async () => {
    const { simulator, chain, index, database } = await followed({ chain: SMALL }, { isPushed: true })
    simulator.setMuted(true)
    chain.advance(2)
    await index.reachesHead()
    simulator.cutSockets()
    chain.reorg(5)
    await index.reachesHead()
    expect(await equalsTruth(database.client, chain)).toBe(82)
  })
})

describe('the newest block', () => {
  test.each(['none', 'bloom', 'receipts'] as const)(
    'whose logs the node does not have yet is not taken for one without any (VERIFICATION=%s)',
    async (mode) => {
      const { simulator, chain, index, database } = await followed(
        { chain: { ...SMALL, sealed: true } },
        { verification: { mode } },
      )
      simulator.setFaults([{ fault: 'late-logs' }])
      for (const events of [2, 0, 5]) {
        chain.advance(1, { events })
        await index.reachesHead()
      }
      expect(simulator.stats().faults['late-logs']).toBeGreaterThan(1)
      expect(await equalsTruth(database.client, chain)).toBe(83)
    },
  )
})

describe('following', () => {
  test('begins where history ends, without gap or repeat, while the chain grows', async () => {
    const chain = { ...SMALL, blocks: 600, finality: 16 }
    const limits = { maxRange: 50, wording: 'geth' } as const
    const all = await followed({ chain, limits, latencyMs: 5, growMs: 50 }, { to: 640 })
    let top: Commit['base']
    for (const commit of all.index.commits) {
      // Final batches go on after the one before; what follows the head names what it stands on.
      if (commit.base !== undefined && top !== undefined) expect(commit.base.hash).toBe(top.hash)
      top = topOf(commit)
    }
    await all.index.stop()
    expect(await equalsTruth(all.database.client, all.simulator.chain)).toBeGreaterThanOrEqual(640)
  })

  test('goes on after an outage of thousands of blocks, in order', async () => {
    const chain = { ...SMALL, active: 0.05, events: 30, noise: 0 }
    const { simulator, index, database } = await followed({ chain })
    simulator.setFaults([{ fault: 'http-503' }])
    simulator.chain.advance(3_000, { events: 200 })
    const before = index.commits.length
    simulator.setFaults([])
    await index.reachesHead()
    const heights = index.commits.slice(before).map((commit) => topOf(commit)?.height ?? -1)
    expect(heights.length).toBeGreaterThan(10)
    expect(heights).toEqual(heights.toSorted((one, other) => one - other))
    expect(await equalsTruth(database.client, simulator.chain)).toBe(3_080)
  })
})
