import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EndpointStatus } from '../../src/chain/rpc/rpc'
import type { HeadSeen } from '../../src/chain/source/heads'
import { createIngestProgress } from '../../src/cli/ingest-progress'
import type { ChildMessage } from '../../src/cli/messages'
import { reportIngest } from '../../src/cli/report-ingest'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const ENDPOINT: EndpointStatus = {
  ...{ name: 'node', state: 'ready', reason: undefined, latency: 1, calls: {}, requests: 0, errors: {} },
  ...{ logRange: 2_000, batchSize: 1, concurrency: 1, bytesReceived: 0, bytesSent: 0 },
}

/** A report of an ingestion whose head and endpoint are set by the test. */
function reported(head: number) {
  const place = { head, requests: 0 }
  const lines: string[] = []
  const messages: ChildMessage[] = []
  const progress = createIngestProgress({ startBlock: 1, block: 0, events: 0 })
  const seen = () =>
    ({ head: { number: `0x${place.head.toString(16)}` }, finalized: place.head - 64 }) as HeadSeen
  const report = reportIngest(
    {
      progress,
      heads: { seen },
      rpc: { status: () => [{ ...ENDPOINT, requests: place.requests }], logRange: () => 2_000 },
    },
    { info: (line: unknown) => void lines.push(String(line)) },
    (message) => void messages.push(message),
  )
  return { place, lines, messages, progress, report }
}

test('while history is read the log says so every ten seconds, and when it is done', () => {
  const { place, lines, progress } = reported(10_000)
  for (let second = 1; second <= 35; second += 1) {
    vi.advanceTimersByTime(1_000)
    place.requests += 5
    progress.wrote(second * 250, second * 1_000)
  }
  expect(lines).toEqual([
    'blocks 2,250/10,000 (22 %), 900 events/s, 225 blocks/s, ETA 35 s, range 2,000 blocks, 4.5 requests/s, 0 KiB/s',
    'blocks 4,750/10,000 (47 %), 933 events/s, 233 blocks/s, ETA 23 s, range 2,000 blocks, 5 requests/s, 0 KiB/s',
    'blocks 7,250/10,000 (72 %), 933 events/s, 233 blocks/s, ETA 12 s, range 2,000 blocks, 5 requests/s, 0 KiB/s',
  ])
  progress.wrote(9_900, 40_000)
  vi.advanceTimersByTime(1_000)
  expect(lines.slice(3)).toEqual([
    'at block 9,900, 100 behind the node, 64 not final, 11,000 events in 2,650 blocks in the last 6 s, 5 requests/s, 0 KiB/s',
  ])
})

test('at the head the log says so every five minutes', () => {
  const { place, lines, progress } = reported(100)
  progress.wrote(100, 7)
  vi.advanceTimersByTime(1_000)
  lines.length = 0
  for (let minute = 0; minute < 20; minute += 1) {
    vi.advanceTimersByTime(60_000)
    place.head += 5
    progress.wrote(place.head, place.head)
  }
  expect(lines.length).toBe(4)
  expect(lines[1]).toContain('in 25 blocks in the last 5 min')
})

test('the supervisor hears each second and when asked, until it is closed', () => {
  const { messages, progress, report } = reported(100)
  report.tellProgress()
  vi.advanceTimersByTime(500)
  progress.wrote(40, 9)
  vi.advanceTimersByTime(1_500)
  expect(messages.map((message) => message.type === 'indexing' && message.block)).toEqual([0, 40, 40])
  expect(messages[0]).toEqual({
    ...{ type: 'indexing', startBlock: 1, block: 0, chainHead: 100, events: 0 },
    ...{ eventsPerSecond: 0, blocksPerSecond: 0, etaSeconds: null },
  })
  expect(messages[2]).toMatchObject({ events: 9, eventsPerSecond: 4.5, blocksPerSecond: 20 })
  report.close()
  vi.advanceTimersByTime(60_000)
  expect(messages).toHaveLength(3)
})

test('an index ahead of what was seen of the head is not behind it', () => {
  const { messages, progress } = reported(100)
  progress.wrote(103, 1)
  vi.advanceTimersByTime(1_000)
  expect(messages[0]).toMatchObject({ block: 103, chainHead: 103, etaSeconds: 0 })
})
