import { Failure } from './failure'

/** What cannot be said of a half-sent or broken body, in terms of Node's and undici's codes. */
const MALFORMED = new Set([
  'HPE_INVALID_CONSTANT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'Z_DATA_ERROR',
  'Z_BUF_ERROR',
])
const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])
const TOO_LARGE = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE', 'ERR_STRING_TOO_LONG'])

/** What an error of the network stands for. Its code alone is told on: its message names hosts and URLs. */
export function failureOfNetwork(error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined) ?? 'unknown error'
  if (TOO_LARGE.has(code)) return new Failure('too-large', 'the answer is larger than is read here')
  if (TIMEOUTS.has(code)) return new Failure('timeout', `no answer in time (${code})`)
  if (MALFORMED.has(code) || code.startsWith('HPE_'))
    return new Failure('malformed', `not an answer (${code})`)
  return new Failure('unavailable', `the connection failed (${code})`)
}

function codeOf(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error
  return isCoded && typeof error.code === 'string' ? error.code : undefined
}
