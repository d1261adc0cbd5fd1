import { setMaxListeners } from 'node:events'
import type { EconomyError } from '../../core/errors'
import { NodeUnreachable } from '../errors'
import { type Admit, keepAdmitted, type PoolLog } from './admission'
import { choose } from './choose'
import { createEndpoint, type Endpoint } from './endpoint'
import { endpointNames } from './endpoint-names'
import type { Group } from './group'
import { createHttpTransport } from './http-transport'
import type { Answer, CallOptions, EndpointName, Rpc } from './rpc'
import { createScheduler } from './scheduler'
import { type Settling, settle } from './settle'
import { urlRedactor } from './url-redactor'
import { createWsTransport } from './ws-transport'

export interface PoolOptions {
  /** In order of preference; http(s) or ws(s). */
  readonly endpoints: readonly { readonly url: string; readonly shownUrl: string }[]
  /** Looks at each endpoint before it may answer anything, and again whenever it comes back. */
  readonly admit: Admit
  readonly log?: PoolLog | undefined
  /** Strikes out secrets; what is secret in the URLs is struck out besides. */
  readonly redact?: (text: string) => string
  /** Milliseconds from a request to the last byte of its answer. */
  readonly requestTimeout?: number
  /** Largest answer that is read, in bytes. */
  readonly answerLimit?: number
  /** Milliseconds between the pings of a WebSocket. */
  readonly heartbeat?: number
  readonly random?: () => number
}

const REQUEST_TIMEOUT = 30_000
const ANSWER_LIMIT = 256 * 1024 * 1024
const NOBODY: ReadonlySet<EndpointName> = new Set()

type HeadListener = (head: Record<string, unknown>, endpoint: EndpointName) => void

/** Several JSON-RPC endpoints as one: see `Rpc` for what it promises. */
export function createPool(options: PoolOptions): Rpc {
  const { admit, log, random = Math.random } = options
  const redact = urlRedactor(
    options.endpoints.map(({ url }) => url),
    options.redact,
  )
  const clock = (): number => performance.now()
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)
  const calls = new Set<AbortController>()
  const listeners = new Set<HeadListener>()
  const waiting = new Set<() => void>()

  const endpoints: readonly Endpoint[] = endpointNames(options.endpoints).map((name, index) => {
    const url = new URL(options.endpoints[index]?.url ?? '')
    const traffic = { requests: 0, bytesSent: 0, bytesReceived: 0 }
    const { answerLimit = ANSWER_LIMIT, heartbeat, requestTimeout: timeout = REQUEST_TIMEOUT } = options
    const onHead = (head: Record<string, unknown>): void => {
      // Nothing of an endpoint counts before it was admitted.
      if (!endpoints[index]?.isReady()) return
      for (const listener of listeners) {
        try {
          listener(head, name)
        } catch (error) {
          // Nobody else would catch it.
          log?.error({ endpoint: name }, `a listener for heads failed: ${redact(String(error))}`)
        }
      }
    }
    const create = url.protocol.startsWith('ws') ? createWsTransport : createHttpTransport
    const transport = create({ url, traffic, answerLimit, random, heartbeat, onHead })
    const hasOther = (): boolean => endpoints.some((other) => other.name !== name && other.isReady())
    const onFree = (): void => scheduler.pump()
    return createEndpoint({ name, traffic, transport, timeout, clock, random, redact, hasOther, onFree })
  })

  const scheduler = createScheduler(endpoints, clock)
  const settling: Settling = { endpoints, scheduler, clock, random, redact }
  const refusal = (): EconomyError | undefined =>
    endpoints.every((each) => each.refusal() !== undefined) ? endpoints[0]?.refusal() : undefined

  const onChange = (): void => {
    const statement = refusal()
    if (statement !== undefined) scheduler.rejectAll(statement)
    scheduler.pump()
    for (const look of [...waiting]) look()
  }

  const isAlone = endpoints.length === 1
  for (const endpoint of endpoints) {
    void keepAdmitted(endpoint, { admit, isAlone, signal: closing.signal, clock, redact, log, onChange })
  }

  /** Runs something that ends with the pool, with the caller's signal, or when its patience does. */
  const limited = async <T>(
    { signal, patience }: Pick<CallOptions<never>, 'signal' | 'patience'>,
    reason: () => { url: string; reason: string },
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    closing.signal.throwIfAborted()
    signal?.throwIfAborted()
    const controller = new AbortController()
    // Each part of a large call listens.
    setMaxListeners(0, controller.signal)
    const stop = (): void => controller.abort(signal?.reason)
    const timer =
      patience === undefined
        ? undefined
        : setTimeout(() => controller.abort(new NodeUnreachable(reason())), patience)
    calls.add(controller)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await run(controller.signal)
    } finally {
      clearTimeout(timer)
      calls.delete(controller)
      signal?.removeEventListener('abort', stop)
      // What one part of a call has thrown ends the others.
      controller.abort()
    }
  }

  const callEach = async <T>(
    method: string,
    params: readonly (readonly unknown[])[],
    { check, unread, avoid = NOBODY, priority = 0, signal, patience }: CallOptions<T> = {},
  ): Promise<Answer<T>[]> => {
    const answers = new Array<Answer<T>>(params.length)
    let last = notAsked(endpoints)
    const limits = { ...(signal && { signal }), ...(patience !== undefined && { patience }) }
    await limited(
      limits,
      () => last,
      (ending) => {
        const group: Group = {
          open: params.map((each, index) => ({ method, params: each, unread, index, isAnswered: false })),
          ...{ method, avoid, priority, signal: ending },
          check: check as Group['check'],
          answer: ({ index }, answer) => {
            answers[index] = answer as Answer<T>
          },
          fail: ({ name }, failure) => {
            last = { url: name, reason: redact(failure.message) }
          },
          ...{ failed: new Set<Endpoint>(), declined: new Map() },
          ...{ rounds: 0, badAnswers: 0, behindSince: undefined, suspicions: 0, unexplained: 0 },
        }
        return settle(group, settling)
      },
    )
    return answers
  }

  return {
    async call<T>(method: string, params: readonly unknown[], callOptions?: CallOptions<T>) {
      const [answer] = await callEach<T>(method, [params], callOptions)
      return answer as Answer<T>
    },
    callEach,
    distrust(name, reason) {
      endpoints.find((each) => each.name === name)?.distrust(reason)
      log?.warn({ endpoint: name }, `what ${name} says does not fit: ${redact(reason)}`)
    },
    logRange() {
      const wish = { method: 'eth_getLogs', avoid: NOBODY, failed: new Set<Endpoint>(), declined: new Map() }
      const next =
        choose(endpoints, wish, clock()) ?? endpoints.find((each) => each.isReady()) ?? endpoints[0]
      return next?.logRange.blocks() ?? 1
    },
    onNewHead(listener) {
      listeners.add(listener)
      for (const { transport } of endpoints) transport.pushHeads()
      return () => listeners.delete(listener)
    },
    isPushed: () => endpoints.some((each) => each.isReady() && each.transport.isPushed()),
    ready: (patience) =>
      limited(
        { patience },
        () => notAsked(endpoints),
        (signal) =>
          new Promise<void>((resolve, reject) => {
            const end = (finish: () => void): void => {
              waiting.delete(look)
              finish()
            }
            const look = (): void => {
              const statement = refusal()
              if (statement !== undefined) end(() => reject(statement))
              else if (endpoints.some((each) => each.isReady())) end(resolve)
            }
            waiting.add(look)
            signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true })
            look()
          }),
      ),
    status: () => endpoints.map((each) => each.status()),
    async close() {
      const reason = new DOMException('the pool of endpoints is closed', 'AbortError')
      closing.abort(reason)
      for (const controller of calls) controller.abort(reason)
      listeners.clear()
      await Promise.all(endpoints.map(({ transport }) => transport.close()))
    },
  }
}

/** What is known of the most preferred endpoint that was not refused. */
function notAsked(endpoints: readonly Endpoint[]): { url: string; reason: string } {
  const first = endpoints.find((each) => each.refusal() === undefined) ?? endpoints[0]
  return { url: first?.name ?? 'nowhere', reason: first?.status().reason ?? 'no answer yet' }
}
