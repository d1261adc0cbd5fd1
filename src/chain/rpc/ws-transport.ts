import WebSocket from 'ws'
import { encodeQuestions, hasError, orderAnswers } from './answers'
import { authorizationOf } from './authorization'
import { backoff } from './breaker'
import { decodeText } from './decode-text'
import { failureOfHttp } from './error-class'
import { Failure } from './failure'
import { failureOfNetwork } from './network-failure'
import type { Question, Replies, Transport, TransportOptions } from './transport'
import { unlessAborted } from './unless-aborted'
import { withDeadline } from './with-deadline'

/** A request that was sent and not answered. */
interface Pending {
  readonly questions: readonly Question[]
  readonly firstId: number
  readonly resolve: (replies: Replies) => void
  readonly reject: (reason: unknown) => void
}

const HANDSHAKE = 10_000
/** Between pings, in milliseconds; a connection that is silent for two of them is dead, whatever the system says. */
const HEARTBEAT = 15_000
const MISSED = 2
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 5_000
/** A connection that lasted so long is not one of those that are dropped at once. */
const LASTED = 10_000

/** JSON-RPC over one WebSocket: opened by the first question, and kept open as soon as heads are wanted. */
export function createWsTransport(options: TransportOptions): Transport {
  const { url, traffic, answerLimit, random, onHead } = options
  const headers = authorizationOf(url)
  const address = new URL(url)
  address.username = ''
  address.password = ''

  const pending = new Map<number, Pending>()
  let nextId = 1
  let socket: WebSocket | undefined
  let opening: Promise<WebSocket> | undefined
  let wantsHeads = false
  let subscription: unknown
  let attempts = 0
  let reconnection: NodeJS.Timeout | undefined
  let isClosed = false

  const forget = ({ questions, firstId }: Pending): void => {
    for (let index = 0; index < questions.length; index += 1) pending.delete(firstId + index)
  }

  const rejectAll = (failure: Failure): void => {
    const requests = new Set(pending.values())
    pending.clear()
    for (const request of requests) request.reject(failure)
  }

  const post = (to: WebSocket, request: Omit<Pending, 'firstId'>): Pending => {
    const posted = { ...request, firstId: nextId }
    const { length } = request.questions
    nextId += length
    for (let index = 0; index < length; index += 1) pending.set(posted.firstId + index, posted)
    const text = encodeQuestions(request.questions, posted.firstId)
    traffic.requests += 1
    traffic.bytesSent += text.length
    to.send(text, (error) => error && request.reject(failureOfNetwork(error)))
    return posted
  }

  const send = (to: WebSocket, questions: readonly Question[], signal: AbortSignal): Promise<Replies> =>
    new Promise((resolve, reject) => {
      const request = post(to, { questions, resolve, reject })
      const stop = (): void => {
        forget(request)
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
    })

  const subscribe = (to: WebSocket): void => {
    post(to, {
      questions: [{ method: 'eth_subscribe', params: ['newHeads'] }],
      // Not by way of a promise: the first head may be in the same packet.
      resolve: ({ replies: [reply] }) => {
        if (to === socket && reply !== undefined && !(reply instanceof Failure)) subscription = reply.value
      },
      // The connection broke: the next one subscribes again.
      reject: () => undefined,
    })
  }

  /** Whose answer it is: by an id that it carries, or the oldest of what can be answered without one. */
  const requestOf = (body: unknown): Pending | undefined => {
    for (const answer of Array.isArray(body) ? body : [body]) {
      const found = pending.get(Number((answer as { id?: unknown } | null)?.id ?? Number.NaN))
      if (found !== undefined) return found
    }
    const requests = [...pending.values()]
    return hasError(body) || Array.isArray(body)
      ? (requests.find(({ questions }) => questions.length > 1) ?? requests[0])
      : undefined
  }

  const receive = (data: Buffer): void => {
    traffic.bytesReceived += data.length
    let body: unknown
    try {
      body = JSON.parse(decodeText(data))
    } catch {
      rejectAll(new Failure('malformed', 'a message is not JSON'))
      socket?.terminate()
      return
    }
    const { method, params } = (body ?? {}) as { method?: unknown; params?: Record<string, unknown> }
    if (method === 'eth_subscription') {
      const head = params?.result
      const isOurs = subscription !== undefined && params?.subscription === subscription
      if (isOurs && typeof head === 'object' && head !== null) onHead(head as Record<string, unknown>)
      return
    }
    const request = requestOf(body)
    if (request === undefined) return
    forget(request)
    try {
      request.resolve({ replies: orderAnswers(body, request.questions, request.firstId), bytes: data.length })
    } catch (error) {
      request.reject(error)
    }
  }

  const reconnectLater = (): void => {
    if (isClosed || !wantsHeads || reconnection !== undefined) return
    reconnection = setTimeout(
      () => {
        reconnection = undefined
        // A failure has called this again already.
        open().catch(() => undefined)
      },
      backoff(attempts, FIRST_PAUSE, LONGEST_PAUSE, random),
    )
    reconnection.unref()
    attempts += 1
  }

  const open = (): Promise<WebSocket> => {
    opening ??= new Promise<WebSocket>((resolve, reject) => {
      const connection = new WebSocket(address, {
        headers,
        maxPayload: answerLimit,
        handshakeTimeout: HANDSHAKE,
        perMessageDeflate: false,
      })
      let openedAt: number | undefined
      let missed = 0
      let failure = new Failure('unavailable', 'the connection was closed')
      const heartbeat = setInterval(() => {
        missed += 1
        if (missed > MISSED) connection.terminate()
        else if (openedAt !== undefined) connection.ping()
      }, options.heartbeat ?? HEARTBEAT)
      heartbeat.unref()
      socket = connection
      connection.on('unexpected-response', (request, response) => {
        const http = { status: response.statusCode ?? 0, headers: response.headers }
        failure = failureOfHttp(http, '', { method: '', size: 1 })
        request.destroy()
        connection.terminate()
      })
      connection.on('error', (error: Error & { code?: string }) => {
        // What was refused by its status says so already; the rest comes from the network.
        if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
          failure = new Failure('too-large', 'the answer is larger than is read here')
        } else if (error.code !== undefined) failure = failureOfNetwork(error)
      })
      connection.on('open', () => {
        openedAt = performance.now()
        if (wantsHeads) subscribe(connection)
        resolve(connection)
      })
      connection.on('pong', () => {
        missed = 0
      })
      connection.on('message', (data: Buffer) => {
        missed = 0
        receive(data)
      })
      connection.on('close', () => {
        clearInterval(heartbeat)
        if (openedAt !== undefined && performance.now() - openedAt > LASTED) attempts = 0
        opening = undefined
        socket = undefined
        subscription = undefined
        reject(failure)
        rejectAll(failure)
        reconnectLater()
      })
    })
    return opening
  }

  return {
    ask: (questions, { timeout, signal }) =>
      withDeadline(timeout, signal, async (limited) => {
        if (isClosed) throw new Failure('unavailable', 'the pool is closed')
        return send(await unlessAborted(open(), limited), questions, limited)
      }),
    isPushed: () => subscription !== undefined,
    pushHeads() {
      if (wantsHeads || isClosed) return
      wantsHeads = true
      if (socket?.readyState === WebSocket.OPEN) subscribe(socket)
      else open().catch(() => undefined)
    },
    async close() {
      isClosed = true
      clearTimeout(reconnection)
      const last = socket
      if (last === undefined) return
      await new Promise<void>((resolve) => {
        last.once('close', () => resolve())
        last.terminate()
      })
    },
  }
}
