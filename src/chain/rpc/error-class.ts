import { Failure, wholeText } from './failure'
import { classOfWording } from './provider-wordings'
import { retryAfterData, retryAfterHeader, retryAfterText } from './retry-after'
import type { ErrorClass } from './rpc'

/** The part of a question that decides what an error of it means. */
export interface Asked {
  readonly method: string
  /** Questions in the same request. */
  readonly size: number
}

/** What came with the answer, if it came by HTTP. */
export interface HttpFacts {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** A page of HTML is not read to its end. */
const PAGE_LIMIT = 500

const BY_CODE: Readonly<Record<number, ErrorClass>> = {
  3: 'rejected', // a revert (geth, reth, anvil)
  30: 'timeout', // drpc
  429: 'rate-limited', // Alchemy
  4444: 'unsupported', // pruned history (EIP-4444)
  [-32600]: 'rejected',
  [-32601]: 'unsupported',
  [-32602]: 'rejected',
  [-32001]: 'behind', // resource not found (EIP-1474)
  [-32002]: 'timeout', // geth
  [-32003]: 'too-large', // geth: response too large
  [-32004]: 'unsupported',
  [-32005]: 'rate-limited',
  [-32007]: 'rate-limited', // QuickNode
  [-32009]: 'rate-limited', // QuickNode
  [-32012]: 'too-large', // proxyd
  [-32015]: 'rejected', // nethermind: VM execution error
  [-32016]: 'rate-limited', // proxyd
  [-32019]: 'behind', // proxyd: block is out of range
  [-32047]: 'too-large', // Cloudflare
  [-32090]: 'rate-limited', // Ankr
}

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: 'unauthorized',
  402: 'unauthorized',
  403: 'unauthorized',
  408: 'timeout',
  413: 'too-large',
  425: 'unavailable',
  429: 'rate-limited',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
}

/** What a JSON-RPC error object says. */
export function failureOfError(error: unknown, asked: Asked, http?: HttpFacts): Failure {
  if (typeof error !== 'object' || error === null) {
    const text = typeof error === 'string' ? error : 'the error is not an object'
    return new Failure(classOfWording(text) ?? 'malformed', text, { retryAfter: retryAfterText(text) })
  }
  const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown }
  const number = Number.isInteger(Number(code ?? Number.NaN)) ? Number(code) : undefined
  const said = typeof message === 'string' ? message : ''
  const text = wholeText(said, data)
  return new Failure(classOf(text, number, asked, http), said || `error ${String(code)} without a message`, {
    retryAfter: waitOf(http) ?? retryAfterData(data) ?? retryAfterText(text),
    code: number,
    data,
  })
}

/** What an HTTP answer says that carries no JSON-RPC. */
export function failureOfHttp(http: HttpFacts, body: string, asked: Asked): Failure {
  const { status } = http
  const text = body.slice(0, PAGE_LIMIT)
  if (status === 413) {
    return new Failure(asked.size > 1 ? 'batch-too-large' : 'too-large', 'HTTP 413', {
      retryAfter: waitOf(http),
    })
  }
  // A page of HTML may say anything, so that only a status that stands for many things lets its text decide.
  const worded = [400, 403, 503].includes(status) ? classOfWording(text) : undefined
  const otherwise = status >= 500 || status === 404 || status < 400 ? 'unavailable' : 'malformed'
  return new Failure(worded ?? BY_STATUS[status] ?? otherwise, `HTTP ${status}`, {
    retryAfter: waitOf(http) ?? retryAfterText(text),
  })
}

function classOf(text: string, code: number | undefined, asked: Asked, http?: HttpFacts): ErrorClass {
  // A revert says what its contract says.
  if (code === 3) return 'rejected'
  // BNB Chain: the words of a rate limit, for a range.
  if (/^limit exceeded\W*$/i.test(text.trim()) && asked.method === 'eth_getLogs') return 'too-large'
  return (
    classOfWording(text) ??
    (http === undefined ? undefined : BY_STATUS[http.status]) ??
    (code === undefined ? undefined : BY_CODE[code]) ??
    'unavailable'
  )
}

/**
 * What the one error means that answers a batch as a whole: where it is the form that was refused, smaller batches, down
 * to none at all, are what is left to try.
 */
export function failureOfBatch(failure: Failure): Failure {
  const { errorClass, facts } = failure
  const isForm =
    ['rejected', 'unsupported', 'too-large', 'malformed'].includes(errorClass) || facts.code === -32700
  return isForm ? new Failure('batch-too-large', failure.message, facts) : failure
}

function waitOf(http: HttpFacts | undefined): number | undefined {
  if (http === undefined) return undefined
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
  return retryAfterHeader(one(http.headers['retry-after']), one(http.headers.date), Date.now())
}
