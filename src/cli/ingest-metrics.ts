import { Counter, Gauge, type Registry } from 'prom-client'
import type { EndpointStatus, Rpc } from '../chain/rpc/rpc'
import type { Heads } from '../chain/source/heads'
import type { IngestProgress, IngestState } from './ingest-progress'

/** What ingestion tells of itself, whenever it is asked. */
export interface IngestParts {
  readonly rpc: Pick<Rpc, 'status' | 'logRange'>
  readonly heads: Pick<Heads, 'seen'>
  readonly progress: IngestProgress
}

type Labels = Readonly<Record<string, string>>
type Samples = (parts: IngestParts) => readonly { readonly labels: Labels; readonly value: number }[]

/**
 * Adds what an operator watches of ingestion to a registry. All is taken when it is scraped; endpoints are named as
 * they may be shown. What is not known has no sample.
 */
export function registerIngestMetrics(registry: Registry, parts: IngestParts): void {
  for (const [name, help, labelNames, samples] of METRICS) {
    // By the naming rule of Prometheus, and so that the type cannot contradict the name.
    const Metric = name.endsWith('_total') ? Counter : Gauge
    new Metric({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset()
        // A metric without labels is reset to 0, which says more than nothing.
        if (labelNames.length === 0) this.remove()
        for (const { labels, value } of samples(parts)) this.inc(labels, value)
      },
    })
  }
}

const METRICS: readonly [name: string, help: string, labels: readonly string[], samples: Samples][] = [
  ['ashao_ingest_events_total', 'Events that this process indexed.', [], state(({ added }) => added.events)],
  ['ashao_ingest_blocks_total', 'Blocks that this process indexed.', [], state(({ added }) => added.blocks)],
  ['ashao_ingest_batches_total', 'Batches that this process wrote.', [], state(({ added }) => added.batches)],
  [
    'ashao_ingest_events_per_second',
    'Events indexed per second, over the last 15.',
    [],
    state(({ eventsPerSecond }) => eventsPerSecond),
  ],
  [
    'ashao_ingest_blocks_per_second',
    'Blocks indexed per second, over the last 15.',
    [],
    state(({ blocksPerSecond }) => blocksPerSecond),
  ],
  [
    'ashao_ingest_eta_seconds',
    'Seconds until the head of the node is indexed, at that speed; absent while it cannot be told.',
    [],
    single(({ heads, progress }) => {
      const head = heads.seen()?.head
      return head && progress.secondsTo(Number(head.number))
    }),
  ],
  [
    'ashao_head_lag_blocks',
    'Blocks from the newest indexed one to the head of the node.',
    [],
    single(({ heads, progress }) => {
      const head = heads.seen()?.head
      return head && Math.max(Number(head.number) - progress.state().block, 0)
    }),
  ],
  [
    'ashao_finality_lag_blocks',
    'Blocks from the newest final one to the head of the node.',
    [],
    single(({ heads }) => {
      const seen = heads.seen()
      return seen && Math.max(Number(seen.head.number) - seen.finalized, 0)
    }),
  ],
  [
    'ashao_rpc_endpoint_up',
    'Whether the endpoint may be asked (1), or rests, is unchecked or refused (0).',
    ['endpoint'],
    ofEndpoint((endpoint) => Number(endpoint.state === 'ready')),
  ],
  [
    'ashao_rpc_requests_total',
    'HTTP requests or WebSocket messages that were sent.',
    ['endpoint'],
    ofEndpoint(({ requests }) => requests),
  ],
  [
    'ashao_rpc_calls_total',
    'Calls that were sent; a request may hold several.',
    ['endpoint', 'method'],
    byKey('method', ({ calls }) => calls),
  ],
  [
    'ashao_rpc_errors_total',
    'Requests that failed, and answers that failed a check.',
    ['endpoint', 'class'],
    byKey('class', ({ errors }) => errors),
  ],
  [
    'ashao_rpc_bytes_received_total',
    'Bytes of answers.',
    ['endpoint'],
    ofEndpoint(({ bytesReceived }) => bytesReceived),
  ],
  [
    'ashao_rpc_bytes_sent_total',
    'Bytes of questions.',
    ['endpoint'],
    ofEndpoint(({ bytesSent }) => bytesSent),
  ],
  [
    'ashao_rpc_log_range_blocks',
    'Blocks that the endpoint gives the logs of at once, as learned so far.',
    ['endpoint'],
    ofEndpoint(({ logRange }) => logRange),
  ],
  [
    'ashao_rpc_batch_size',
    'Calls in one request, as learned so far.',
    ['endpoint'],
    ofEndpoint(({ batchSize }) => batchSize),
  ],
  [
    'ashao_rpc_concurrency',
    'Requests at once, as learned so far.',
    ['endpoint'],
    ofEndpoint(({ concurrency }) => concurrency),
  ],
  [
    'ashao_rpc_latency_seconds',
    'Moving average of the time to an answer; absent before the first one.',
    ['endpoint'],
    ofEndpoint(({ latency }) => latency && latency / 1_000),
  ],
]

/** One number, if it is known. */
function single(measure: (parts: IngestParts) => number | undefined): Samples {
  return (parts) => {
    const value = measure(parts)
    return value === undefined ? [] : [{ labels: {}, value }]
  }
}

function state(measure: (state: IngestState) => number): Samples {
  return single(({ progress }) => measure(progress.state()))
}

/** A number of each endpoint, if it is known. */
function ofEndpoint(measure: (endpoint: EndpointStatus) => number | undefined): Samples {
  return ({ rpc }) =>
    rpc.status().flatMap((endpoint) => {
      const value = measure(endpoint)
      return value === undefined ? [] : [{ labels: { endpoint: endpoint.name }, value }]
    })
}

/** The numbers of each endpoint that go by the values of a second label. */
function byKey(
  label: string,
  measure: (endpoint: EndpointStatus) => Readonly<Record<string, number>>,
): Samples {
  return ({ rpc }) =>
    rpc.status().flatMap((endpoint) =>
      Object.entries(measure(endpoint)).map(([key, value]) => ({
        labels: { endpoint: endpoint.name, [label]: key },
        value,
      })),
    )
}
