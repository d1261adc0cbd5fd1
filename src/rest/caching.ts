import { isoOf } from '../core/iso-time'
import type { AsOf } from '../read/as-of'
import { contentTag, isKnown } from '../read/caching'
import { type Reply, withHeaders } from './reply'

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
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'as-of-block',
  'as-of-hash',
  'as-of-timestamp',
  'as-of-finalized',
  'as-of-lag-seconds',
  'as-of-digest',
  'as-of-partial',
  'content-disposition',
  'export-from-block',
  'export-digest-before',
  'export-schema-version',
  'export-methodology-version',
]
