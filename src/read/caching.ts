import { createHash } from 'node:crypto'
import type { AsOf } from './as-of'

/**
 * How long caches may keep an answer: a year where the chain can no longer change any part of it, else about a block.
 * Whoever changes the rules in economy.yaml clears the caches before the API (docs/deployment.md).
 * @param parts the block of each part; undefined where a part is of none
 */
export function cacheControl(parts: readonly (AsOf | undefined)[]): string {
  const settled = parts.length > 0 && parts.every((asOf) => asOf?.settled)
  return settled ? 'public, max-age=31536000, immutable' : 'public, max-age=2, stale-while-revalidate=10'
}

/** A weak validator of an answer's content. */
export function contentTag(content: string): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
}

/** Whether a client that sent `If-None-Match` already has this answer (RFC 9110, weak comparison). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  const weak = (text: string) => text.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((each) => weak(each) === weak(tag))
}
