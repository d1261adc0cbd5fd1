import { createHash } from 'node:crypto'
import type { EconomyFile } from '../config/economy-file'
import type { AsOf } from '../read/as-of'
import type { Reads } from '../read/reads'
import { asOfQuery, parseQuery } from './as-of-query'
import { asOfHeaders, cacheControl, entityTag, isKnown } from './caching'
import { type Reply, withHeaders } from './reply'
import type { RestServices } from './services'

/** A figure: what it answers at a block. */
export type Figure = (reads: Reads, economy: EconomyFile) => (asOf: AsOf) => Promise<Reply>

/** The parts of a request that decide a figure's answer. */
export interface FigureRequest {
  /** Path and query, as sent. */
  readonly url: string
  readonly query: unknown
  readonly ifNoneMatch: string | undefined
}

/** Answers a figure as of the block that the query names, from one state of the database, with its validators. */
export async function answerAsOf(
  { store, economy }: Pick<RestServices, 'store' | 'economy'>,
  figure: Figure,
  request: FigureRequest,
): Promise<Reply> {
  const asked = parseQuery(asOfQuery, request.query)
  return store.snapshot(async (reads) => {
    const asOf = await reads.resolve(asked)
    const etag = entityTag(asOf, request.url, identityOf(economy))
    const headers = { etag, 'cache-control': cacheControl(asOf), ...asOfHeaders(asOf) }
    if (isKnown(etag, request.ifNoneMatch)) return { status: 304, headers, body: '' }
    return withHeaders(await figure(reads, economy)(asOf), headers)
  })
}

const identities = new WeakMap<EconomyFile, string>()

/** A digest of the rules and units that answers are computed with: they can change without a new block. */
function identityOf(economy: EconomyFile): string {
  const known = identities.get(economy)
  if (known !== undefined) return known
  const { maxSupply, burnBps, rewardsBps } = economy.policy
  const parts = [economy.contracts, String(maxSupply), burnBps, rewardsBps]
  const identity = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  identities.set(economy, identity)
  return identity
}
