import { EconomyError, unreachable } from '../core/errors'
import { InternalFailure, Refusal, type RefusalKind } from '../read/errors'
import { RequestRefusal } from './errors'
import { json, type Reply, withHeaders } from './reply'

/**
 * An error as an RFC 9457 problem with our permanent code. What is not ours is reported and masked: its text
 * could name tables, hosts or keys.
 */
export function problemReply(error: unknown, report: (error: unknown) => void): Reply {
  if (!(error instanceof EconomyError)) report(error)
  const shown = error instanceof EconomyError ? error : new InternalFailure()
  const status = statusOf(shown)
  const body = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail: shown.message,
    code: shown.code,
    ...(shown.mend === undefined ? {} : { mend: shown.mend }),
    facts: shown.facts,
  }
  return withHeaders(json(body, status, 'application/problem+json; charset=utf-8'), headersOf(shown, status))
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

function statusOf(error: EconomyError): number {
  if (error instanceof RequestRefusal) return error.status
  return error instanceof Refusal ? statusOfKind(error.kind) : 500
}

function statusOfKind(kind: RefusalKind): number {
  switch (kind) {
    case 'unavailable':
      return 503
    case 'notFound':
      return 404
    case 'invalid':
      return 400
    default:
      return unreachable(kind)
  }
}

function headersOf(error: EconomyError, status: number): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (error instanceof RequestRefusal && error.allow.length > 0) headers.allow = error.allow.join(', ')
  const wait = error instanceof Refusal ? error.retryAfterSeconds : undefined
  // A history that was left out does not come by itself, but 503 without Retry-After is retried at once.
  if (status === 503) headers['retry-after'] = String(wait ?? 3600)
  return headers
}
