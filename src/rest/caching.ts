import { createHash } from 'node:crypto'
import type { AsOf } from '../read/as-of'
import { isoOf } from '../read/instant'
import { type Reply, withHeaders } from './reply'

/**
 * How long caches may keep a figure: about a block at the head; where the chain can no longer change it, a day. Not for
 * ever, because the rules that it is computed with can change, and so can this program.
 */
export function cacheControl(asOf: AsOf): string {
  return asOf.settled ? 'public, max-age=86400, immutable' : 'public, max-age=2, stale-while-revalidate=10'
}

/**
 * A weak validator: the same question at the same state of the chain. `lagSeconds` moves on without a new block,
 * which is no new answer.
 * @param identity whatever else decides the bytes: the economy's rules and units.
 */
export function entityTag(asOf: AsOf, url: string, identity: string): string {
  const { block, hash, finalized, partial, snapshot } = asOf
  const parts = [url, identity, block, hash, finalized, partial.join(), snapshot.hash, snapshot.digest]
  return contentTag(JSON.stringify(parts))
}

/** The same answer with a weak validator of its own bytes, for answers that no block decides. */
export function validated(reply: Reply, maxAge: number, ifNoneMatch: string | undefined): Reply {
  const etag = contentTag(reply.body)
  const headers = { etag, 'cache-control': `public, max-age=${maxAge}, stale-while-revalidate=10` }
  return isKnown(etag, ifNoneMatch) ? { status: 304, headers, body: '' } : withHeaders(reply, headers)
}

function contentTag(content: string): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
}

/** Whether a client that sent `If-None-Match` already has this answer (RFC 9110, weak comparison). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  const weak = (text: string) => text.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((each) => weak(each) === weak(tag))
}

/** The block of an answer as headers, for answers that are one bare value. */
export function asOfHeaders(asOf: AsOf): Record<string, string> {
  const { block, hash, timestamp, finalized, lagSeconds, snapshot } = asOf
  return {
    'as-of-block': String(block),
    ...(hash === null ? {} : { 'as-of-hash': hash }),
    ...(timestamp === null ? {} : { 'as-of-timestamp': isoOf(timestamp) }),
    'as-of-finalized': String(finalized),
    ...(lagSeconds === null ? {} : { 'as-of-lag-seconds': String(lagSeconds) }),
    'as-of-digest': snapshot.digest,
  }
}

/** Response headers that scripts of other origins may read. */
export const EXPOSED_HEADERS = [
  'etag',
  'retry-after',
  'as-of-block',
  'as-of-hash',
  'as-of-timestamp',
  'as-of-finalized',
  'as-of-lag-seconds',
  'as-of-digest',
]
