import type { Answer } from '../read/answer-cache'

/** An answer, before any HTTP framework: what handlers return and tests read. Header names are in lower case. */
export type Reply = Answer

/** An answer in JSON. Amounts are strings by then: a bigint here is a mistake and throws. */
export function json(value: unknown, status = 200, type = 'application/json; charset=utf-8'): Reply {
  return { status, headers: { 'content-type': type }, body: `${JSON.stringify(value, null, 2)}\n` }
}

/** An answer that is one bare value, as aggregators read it. */
export function plainText(value: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: value }
}

/** The same answer with more headers. */
export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
