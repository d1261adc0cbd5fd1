import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answering, answerAll, parseCalls } from './answer-calls'
import { breakExchange } from './break-exchange'
import type { SimulatedChain } from './chain'
import { type Call, type FaultName, type FaultRule, planFaults } from './faults'
import { type Answer, createNode } from './node'
import { createRandom } from './random'
import type { LogLimits } from './range-limits'
import { openSockets } from './sockets'

/** How one endpoint of a chain behaves. */
export interface EndpointOptions {
  readonly port?: number
  readonly faults?: readonly FaultRule[]
  /** Decides where faults with a probability strike. */
  readonly faultSeed?: number
  readonly limits?: LogLimits
  /** Milliseconds before each answer. */
  readonly latencyMs?: number
  /** Blocks that it is behind the chain, always. */
  readonly lag?: number
  /** HTTP requests in one second; the others get 429. */
  readonly perSecond?: number
  /** Calls in one batch. */
  readonly batchLimit?: number
  readonly onCall?: (call: Call) => void
}

/** What an endpoint has done so far. */
export interface EndpointStats {
  readonly requests: number
  readonly calls: number
  readonly methods: Readonly<Record<string, number>>
  readonly errors: number
  readonly bytesOut: number
  readonly bytesIn: number
  readonly mostInFlight: number
  /** Requests above the limit of a second. */
  readonly refused: number
  readonly faults: Readonly<Partial<Record<FaultName, number>>>
}

/** One address at which a chain is served. */
export interface Endpoint {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** `ws://127.0.0.1:port` */
  readonly webSocketUrl: string
  readonly port: number
  stats(): EndpointStats
  resetStats(): void
  /** Other faults from now on; their counts begin anew. */
  setFaults(rules: readonly FaultRule[]): void
  setLatency(milliseconds: number): void
  setLag(blocks: number): void
  /** Cuts every WebSocket, as a load balancer does. */
  cutSockets(): void
  /** Whether new heads are told; a socket that stays open and says nothing is a fault of its own. */
  setMuted(isMuted: boolean): void
  close(): Promise<void>
}

/** Serves a chain on the loopback, by HTTP and WebSocket on one port. */
export async function openEndpoint(chain: SimulatedChain, options: EndpointOptions = {}): Promise<Endpoint> {
  const { limits = {}, batchLimit = Number.POSITIVE_INFINITY, faultSeed = 1, onCall } = options
  let { lag = 0, latencyMs = 0 } = options
  const random = createRandom(faultSeed, 21)
  let plan = planFaults(options.faults ?? [], random)
  const traffic = { requests: 0, refused: 0, bytesOut: 0, bytesIn: 0, inFlight: 0, mostInFlight: 0 }
  const counts = { methods: {} as Record<string, number>, errors: 0 }
  const head = (): number => Math.max(chain.head() - lag, 0)
  const outlook = { head, finalized: () => Math.min(chain.finalized(), head()) }
  const isWithinLimit = limitRate(options.perSecond ?? Number.POSITIVE_INFINITY)
  const answering: Answering = { node: createNode(chain, limits), outlook, random, counts, onCall }

  const answerBody = (body: string): (() => Answer) | undefined => {
    const request = parseCalls(body)
    return request && (() => answerAll(answering, plan, request, batchLimit))
  }
  const reply = (response: ServerResponse, body: string): void => {
    const request = parseCalls(body)
    if (request === undefined) {
      response.writeHead(400).end('parse error')
      return
    }
    if (!isWithinLimit()) {
      traffic.refused += 1
      breakExchange(response, { fault: 'http-429' }, () => [])
      return
    }
    const rule = request.calls[0] && plan.strike('exchange', request.calls[0])
    const answer = (): Answer => answerAll(answering, plan, request, batchLimit)
    if (rule) breakExchange(response, rule, answer)
    else traffic.bytesOut += send(response, answer())
  }
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    traffic.inFlight += 1
    traffic.mostInFlight = Math.max(traffic.mostInFlight, traffic.inFlight)
    response.on('close', () => {
      traffic.inFlight -= 1
    })
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      traffic.requests += 1
      const body = Buffer.concat(pieces)
      traffic.bytesIn += body.length
      if (latencyMs > 0) setTimeout(() => reply(response, body.toString()), latencyMs)
      else reply(response, body.toString())
    })
  }

  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0, noDelay: true }, serve)
  const sockets = openSockets(server, {
    chain,
    head,
    latency: () => latencyMs,
    strike: (call) => plan.strike('exchange', call),
    answer: (body) => answerBody(body)?.(),
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    webSocketUrl: `ws://127.0.0.1:${port}`,
    port,
    stats: () => ({
      ...traffic,
      ...counts,
      methods: { ...counts.methods },
      calls: Object.values(counts.methods).reduce((sum, count) => sum + count, 0),
      faults: { ...plan.struck },
    }),
    resetStats() {
      Object.assign(traffic, {
        requests: 0,
        refused: 0,
        bytesOut: 0,
        bytesIn: 0,
        mostInFlight: traffic.inFlight,
      })
      Object.assign(counts, { methods: {}, errors: 0 })
    },
    setFaults(rules) {
      plan = planFaults(rules, random)
    },
    setLatency(milliseconds) {
      latencyMs = milliseconds
    },
    setLag(blocks) {
      lag = blocks
    },
    cutSockets: sockets.cut,
    setMuted: sockets.setMuted,
    async close() {
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Small answers in one piece, large ones as they lie in memory. @returns bytes */
function send(response: ServerResponse, answer: Answer): number {
  let length = 0
  for (const piece of answer) length += piece.length
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length })
  if (length <= 128 * 2 ** 10) {
    response.end(
      Buffer.concat(answer.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
    )
  } else {
    response.cork()
    for (const piece of answer) response.write(piece)
    response.uncork()
    response.end()
  }
  return length
}

/** Lets so many pass in each second of the clock. */
function limitRate(perSecond: number): () => boolean {
  let second = 0
  let passed = 0
  return () => {
    const now = Math.floor(performance.now() / 1_000)
    if (now !== second) passed = 0
    second = now
    passed += 1
    return passed <= perSecond
  }
}
