import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { createPool } from '../../src/chain/rpc/pool'
import type { Rpc } from '../../src/chain/rpc/rpc'
import { watchHeads } from '../../src/chain/source/heads'
import { registerIngestMetrics } from '../../src/cli/ingest-metrics'
import { createIngestProgress, type IngestProgress } from '../../src/cli/ingest-progress'
import { openPrometheus } from '../../src/cli/prometheus'
import { redactUrl } from '../../src/config/redact'
import { RpcRefusal, startStubNode } from '../chain/stub-node'

const HASH = `0x${'ab'.repeat(32)}`
const headerAt = (number: number) => ({
  number: `0x${number.toString(16)}`,
  timestamp: '0x6553f100',
  logsBloom: `0x${'00'.repeat(256)}`,
  ...{ hash: HASH, parentHash: HASH, receiptsRoot: HASH },
})

interface Scraped {
  /** By metric, then by its labels as they are written. */
  readonly samples: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly types: Readonly<Record<string, string>>
  readonly text: string
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** An indexer's metrics over a pool of one real node and one that is away, scraped as Prometheus does. */
async function serveMetrics(start = { startBlock: 1, block: 900, events: 50 }) {
  const node = await startStubNode({
    eth_chainId: () => '0x7a69',
    eth_getBlockByNumber: (tag) => headerAt(tag === 'finalized' ? 936 : 1_000),
    eth_call: () => {
      throw new RpcRefusal(-32005, 'rate limit exceeded')
    },
  })
  closing.push(() => node.close())
  const urls = [`${node.url}/v2/SecretKey123`, 'http://user:hunter22@127.0.0.1:1/']
  const rpc: Rpc = createPool({
    endpoints: urls.map((url) => ({ url, shownUrl: redactUrl(url) })),
    admit: async (ask) => void (await ask('eth_chainId', [])),
  })
  closing.push(() => rpc.close())
  await rpc.ready(5_000)
  let now = 0
  const progress: IngestProgress = createIngestProgress(start, () => now)
  const heads = watchHeads(rpc, { kind: 'tag', tag: 'finalized' }, 60_000)
  closing.push(() => heads.close())
  const server = openPrometheus(0, (registry) => registerIngestMetrics(registry, { rpc, heads, progress }))
  const { port, close } = await server.serve()
  closing.push(close)
  return {
    ...{ rpc, heads, progress },
    name: redactUrl(urls[0] ?? ''),
    awayName: redactUrl(urls[1] ?? ''),
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    scrape: async (): Promise<Scraped> =>
      read(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  }
}

function read(text: string): Scraped {
  const types: Record<string, string> = {}
  const samples: Record<string, Record<string, number>> = {}
  for (const line of text.split('\n')) {
    const [, typed = '', type = ''] = /^# TYPE (\w+) (\w+)$/.exec(line) ?? []
    if (typed !== '') types[typed] = type
    const [, name = '', labels = '', value] = /^(ashao_\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name !== '') samples[name] = { ...samples[name], [labels]: Number(value) }
  }
  return { samples, types, text }
}

test('beside those of the SDK, ours are served as of the scrape', async () => {
  const { scrape, progress, heads, pass } = await serveMetrics()
  await heads.refresh()
  const before = await scrape()
  expect(before.text).toContain('process_cpu_seconds_total')
  expect(before.samples).toMatchObject({
    ashao_ingest_events_total: { '': 0 },
    ashao_ingest_blocks_total: { '': 0 },
    ashao_ingest_events_per_second: { '': 0 },
    ashao_head_lag_blocks: { '': 100 },
    ashao_finality_lag_blocks: { '': 64 },
  })
  for (const [block, events] of [
    [910, 60],
    [920, 75],
    [930, 80],
  ] as const) {
    pass(1_000)
    progress.wrote(block, events)
  }
  expect((await scrape()).samples).toMatchObject({
    ashao_ingest_events_total: { '': 30 },
    ashao_ingest_blocks_total: { '': 30 },
    ashao_ingest_batches_total: { '': 3 },
    ashao_ingest_events_per_second: { '': 10 },
    ashao_ingest_blocks_per_second: { '': 10 },
    ashao_ingest_eta_seconds: { '': 7 },
    ashao_head_lag_blocks: { '': 70 },
  })
})

describe('what is not known', () => {
  test('has no sample: no head was seen, nothing was asked, nothing moves', async () => {
    const { scrape, awayName } = await serveMetrics()
    const { samples } = await scrape()
    expect(samples).not.toHaveProperty('ashao_ingest_eta_seconds')
    expect(samples).not.toHaveProperty('ashao_head_lag_blocks')
    expect(samples).not.toHaveProperty('ashao_finality_lag_blocks')
    expect(samples.ashao_rpc_latency_seconds).not.toHaveProperty([`endpoint="${awayName}"`])
  })

  test('that was known has none either', async () => {
    const { scrape, progress, heads, pass } = await serveMetrics()
    await heads.refresh()
    for (const block of [901, 902, 903]) {
      pass(1_000)
      progress.wrote(block, 50)
    }
    expect((await scrape()).samples).toHaveProperty('ashao_ingest_eta_seconds')
    pass(60_000)
    expect((await scrape()).samples).not.toHaveProperty('ashao_ingest_eta_seconds')
  })
})

test('endpoints go by the names without secrets, with their calls and their errors', async () => {
  const { scrape, rpc, heads, name, awayName } = await serveMetrics()
  await heads.refresh()
  await rpc.call('eth_call', [{}], { patience: 300 }).catch(() => undefined)
  const { samples, text } = await scrape()
  expect(text).not.toMatch(/SecretKey123|hunter22/)
  const endpoint = `endpoint="${name}"`
  expect(samples.ashao_rpc_endpoint_up).toEqual({ [endpoint]: 1, [`endpoint="${awayName}"`]: 0 })
  expect(samples.ashao_rpc_calls_total).toMatchObject({
    [`${endpoint},method="eth_chainId"`]: 1,
    [`${endpoint},method="eth_getBlockByNumber"`]: 2,
  })
  expect(samples.ashao_rpc_errors_total?.[`${endpoint},class="rate-limited"`]).toBeGreaterThan(0)
  expect(samples.ashao_rpc_errors_total?.[`endpoint="${awayName}",class="unavailable"`]).toBeGreaterThan(0)
  const [status] = rpc.status()
  expect(samples.ashao_rpc_requests_total?.[endpoint]).toBe(status?.requests)
  expect(samples.ashao_rpc_bytes_received_total?.[endpoint]).toBe(status?.bytesReceived)
  expect(samples.ashao_rpc_bytes_sent_total?.[endpoint]).toBe(status?.bytesSent)
  expect(samples.ashao_rpc_log_range_blocks?.[endpoint]).toBe(status?.logRange)
  expect(samples.ashao_rpc_batch_size?.[endpoint]).toBe(status?.batchSize)
  expect(samples.ashao_rpc_concurrency?.[endpoint]).toBe(status?.concurrency)
  const latency = samples.ashao_rpc_latency_seconds?.[endpoint] ?? 0
  expect(latency).toBeGreaterThan(0)
  expect(latency).toBeLessThan(5)
})

test('what only grows is a counter, and everything else a gauge', async () => {
  const { scrape, heads } = await serveMetrics()
  await heads.refresh()
  const { types } = await scrape()
  const ours = Object.entries(types).filter(([name]) => name.startsWith('ashao_'))
  expect(ours).toHaveLength(18)
  for (const [name, type] of ours) expect(type, name).toBe(name.endsWith('_total') ? 'counter' : 'gauge')
})

test('no port is opened where none was asked for, and nothing registered', async () => {
  let registered = 0
  const server = openPrometheus(undefined, () => {
    registered += 1
  })
  const { port, close } = await server.serve()
  onTestFinished(close)
  expect([port, registered]).toEqual([0, 0])
})
