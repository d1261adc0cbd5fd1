import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Pool } from 'undici'
import { encodeQuestions, orderAnswers } from './answers'
import { authorizationOf } from './authorization'
import { decodeText } from './decode-text'
import { emptyLists } from './empty-lists'
import { failureOfHttp, type HttpFacts } from './error-class'
import { Failure } from './failure'
import { failureOfNetwork } from './network-failure'
import type { AskOptions, Question, Replies, Transport, TransportOptions } from './transport'
import { withDeadline } from './with-deadline'

const unzip = promisify(gunzip)

/** More than the limiter ever has under way, so that nothing waits here. */
const CONNECTIONS = 64
/** Longest silence within an answer, in milliseconds. */
const STALL = 10_000

/** JSON-RPC over HTTP, on connections that are kept. */
export function createHttpTransport({ url, traffic, answerLimit }: TransportOptions): Transport {
  const pool = new Pool(url.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    maxResponseSize: answerLimit,
    bodyTimeout: STALL,
    headersTimeout: 0, // the deadline of the whole request is shorter
  })
  // On one machine, packing costs more than it saves.
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': isNear ? 'identity' : 'gzip',
    ...authorizationOf(url),
  }
  const path = url.pathname + url.search

  const exchange = async (questions: readonly Question[], signal: AbortSignal): Promise<Replies> => {
    const body = encodeQuestions(questions, 1)
    traffic.requests += 1
    traffic.bytesSent += body.length
    const answer = await pool.request({ path, method: 'POST', headers, body, signal })
    const received = Buffer.from(await answer.body.arrayBuffer())
    traffic.bytesReceived += received.length
    const isPacked = answer.headers['content-encoding'] === 'gzip'
    // A small packed answer can be huge: the limit holds for what it unpacks to.
    const plain = isPacked ? await unzip(received, { maxOutputLength: answerLimit }) : received
    const unread = questions[0]?.unread
    const readPart = unread === undefined ? plain : emptyLists(plain, unread)
    const http = { status: answer.statusCode, headers: answer.headers }
    return { replies: readAnswers(decodeText(readPart), questions, http), bytes: plain.length }
  }

  return {
    async ask(questions: readonly Question[], { timeout, signal }: AskOptions) {
      return withDeadline(timeout, signal, async (limited) => {
        try {
          return await exchange(questions, limited)
        } catch (error) {
          limited.throwIfAborted()
          throw failureOfNetwork(error)
        }
      })
    },
    isPushed: () => false,
    pushHeads: () => undefined,
    close: () => pool.destroy(),
  }
}

function readAnswers(text: string, questions: readonly Question[], http: HttpFacts): Replies['replies'] {
  const asked = { method: questions[0]?.method ?? '', size: questions.length }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    if (http.status !== 200) throw failureOfHttp(http, text, asked)
    throw new Failure('malformed', text === '' ? 'the answer is empty' : 'the answer is not JSON')
  }
  const isRpc = Array.isArray(body) || (typeof body === 'object' && body !== null && 'jsonrpc' in body)
  // Gateways put an error of their own into JSON that is not JSON-RPC.
  if (http.status !== 200 && !isRpc) throw failureOfHttp(http, text, asked)
  return orderAnswers(body, questions, 1, http)
}
