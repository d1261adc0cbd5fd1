import { expect, test } from 'vitest'
import type { EndpointStatus } from '../../src/chain/rpc/rpc'
import { headLine, historyLine, type IngestFacts } from '../../src/cli/ingest-line'
import { createTrafficMeter } from '../../src/cli/traffic-meter'

const FACTS: IngestFacts = {
  startBlock: 1_000_001,
  chainHead: 3_000_000,
  finalized: 2_999_936,
  state: {
    block: 2_234_567,
    events: 4_000_000,
    added: { blocks: 1_234_567, events: 4_000_000, batches: 300 },
    blocksPerSecond: 9_120.4,
    eventsPerSecond: 27_411.6,
  },
  etaSeconds: 83.9,
  logRange: 4_096,
  traffic: {
    seconds: 10,
    requests: 120,
    bytesReceived: 3.1 * 2 ** 20 * 10,
    errors: new Map([
      ['rate-limited', 2],
      ['timeout', 1_000],
    ]),
  },
  addedBefore: { blocks: 1_100_000, events: 3_700_000, batches: 270 },
}
const QUIET = { ...FACTS.traffic, requests: 4, bytesReceived: 300, errors: new Map() }

test('while history is read the line says how far, how fast and at what expense', () => {
  expect(historyLine(FACTS)).toBe(
    'blocks 1,234,567/2,000,000 (61 %), 27,412 events/s, 9,120 blocks/s, ETA 1 min 24 s, range 4,096 blocks, 12 requests/s, 3.1 MiB/s, errors: rate-limited 2, timeout 1,000',
  )
})

test('before the first block nothing is done, and how long it takes is unknown', () => {
  const state = { ...FACTS.state, block: -1, blocksPerSecond: 0, eventsPerSecond: 0 }
  expect(historyLine({ ...FACTS, state, etaSeconds: undefined, traffic: QUIET })).toBe(
    'blocks 0/2,000,000 (0 %), 0 events/s, 0 blocks/s, ETA unknown, range 4,096 blocks, 0.4 requests/s, 0 KiB/s',
  )
})

test('short of the end it is never 100 %', () => {
  const state = { ...FACTS.state, block: FACTS.chainHead - 1 }
  expect(historyLine({ ...FACTS, state })).toMatch(/^blocks 1,999,999\/2,000,000 \(99 %\)/)
})

test('at the head the line says what was added since the one before', () => {
  const state = { ...FACTS.state, block: 2_999_999 }
  const traffic = { ...QUIET, seconds: 300, requests: 600, bytesReceived: 3_000_000 }
  expect(headLine({ ...FACTS, state, traffic })).toBe(
    'at block 2,999,999, 1 behind the node, 64 not final, 300,000 events in 134,567 blocks in the last 5 min, 2 requests/s, 9.8 KiB/s',
  )
})

test('traffic is that of all endpoints since it was last asked for', () => {
  let now = 0
  const endpoint = (requests: number, errors: EndpointStatus['errors']): EndpointStatus => ({
    ...{ name: 'node', state: 'ready', reason: undefined, latency: 1, calls: {} },
    ...{ logRange: 1, batchSize: 1, concurrency: 1, bytesSent: 0 },
    ...{ requests, bytesReceived: requests * 100, errors },
  })
  let endpoints = [endpoint(5, { timeout: 3 }), endpoint(7, {})]
  const measure = createTrafficMeter(
    () => endpoints,
    () => now,
  )
  now = 2_000
  endpoints = [endpoint(6, { timeout: 3 }), endpoint(10, { 'rate-limited': 2, behind: 1 })]
  expect(measure()).toEqual({
    seconds: 2,
    requests: 4,
    bytesReceived: 400,
    errors: new Map([
      ['rate-limited', 2],
      ['behind', 1],
    ]),
  })
  now = 3_000
  expect(measure()).toEqual({ seconds: 1, requests: 0, bytesReceived: 0, errors: new Map() })
})
