import autocannon from 'autocannon'
import { quantile } from '../../ingest/head/head-table'
import type { Ask } from './question'

/** What a server did under load. */
export interface LoadResult {
  readonly requests: number
  readonly seconds: number
  readonly requestsPerSecond: number
  /** Milliseconds from the request to the end of its answer. */
  readonly p50: number
  readonly p99: number
  /** Answers that are none: a status other than 2xx, `errors` of GraphQL, a connection that broke. */
  readonly failures: number
}

export interface LoadOptions {
  /** Of the server: `http://host:port`. */
  readonly origin: string
  readonly connections: number
  readonly seconds: number
}

/**
 * Asks over so many connections at once, each the next question as soon as it has the answer to the one before. Every
 * connection has its own part of the questions, and begins anew when it has asked them all.
 */
export async function load(asks: readonly Ask[], options: LoadOptions): Promise<LoadResult> {
  const { origin, connections, seconds } = options
  const times: number[] = []
  let client = 0
  const run = autocannon({
    url: origin,
    connections,
    duration: seconds,
    setupClient(connection) {
      connection.setRequests(partOf(asks, client, connections).map(requestOf))
      client += 1
    },
    verifyBody: (body) => body !== '' && !body.includes('"errors":['),
  })
  run.on('response', (_client: unknown, _status: number, _bytes: number, milliseconds: number) => {
    times.push(milliseconds)
  })
  const { errors, non2xx, mismatches, duration } = await run
  return {
    requests: times.length,
    seconds: duration,
    requestsPerSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    failures: errors + non2xx + mismatches,
  }
}

/** Every so many-th one; where there are fewer than connections, some are shared. */
function partOf(asks: readonly Ask[], index: number, parts: number): readonly Ask[] {
  if (asks.length < parts) return asks.slice(index % asks.length).concat(asks.slice(0, index % asks.length))
  return asks.filter((_, place) => place % parts === index)
}

function requestOf({ path, body }: Ask): autocannon.Request {
  if (body === undefined) return { method: 'GET', path }
  return { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** Asks once. @throws Error for an answer that is none */
export async function askOnce(origin: string, ask: Ask): Promise<never> {
  const { method, headers, body } = { headers: {}, body: null, ...requestOf(ask) }
  const response = await fetch(`${origin}${ask.path}`, { method, headers, body })
  const text = await response.text()
  if (!response.ok || text.includes('"errors":[')) {
    throw new Error(`${origin}${ask.path} answered ${response.status}: ${text.slice(0, 500)}`)
  }
  return JSON.parse(text) as never
}
