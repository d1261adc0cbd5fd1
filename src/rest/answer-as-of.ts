import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import type { AsOf } from '../read/as-of'
import type { Reads } from '../read/reads'
import { parseAsOfQuery } from './as-of-query'
import { asOfHeaders, cacheControl, entityTag, isKnown } from './caching'
import { type Reply, withHeaders } from './reply'
import type { RestServices } from './services'

/** What a path answers at a block; `parameters` are what its query has besides the block. */
export type AsOfHandler<Parameters = unknown> = (
  reads: Reads,
  economy: EconomyFile,
) => (asOf: AsOf, parameters: Parameters) => Promise<Reply>

/** The parts of a request that decide the answer. */
export interface AsOfQuestion {
  /** Path and query, as sent. */
  readonly url: string
  readonly query: unknown
  readonly ifNoneMatch: string | undefined
}

/**
 * Answers as of the block that the query names, from one state of the database, with validators.
 * @param ownParameters checks the parameters that the query may have besides the block
 */
export async function answerAsOf<Parameters>(
  { store, economy }: Pick<RestServices, 'store' | 'economy'>,
  handler: AsOfHandler<Parameters>,
  ownParameters: z.ZodType<Parameters>,
  question: AsOfQuestion,
): Promise<Reply> {
  const { asked, parameters } = parseAsOfQuery(ownParameters, question.query)
  return store.snapshot(async (reads) => {
    const asOf = await reads.resolve(asked)
    const etag = entityTag(asOf, question.url, identityOf(economy))
    const headers = { etag, 'cache-control': cacheControl(asOf), ...asOfHeaders(asOf) }
    if (isKnown(etag, question.ifNoneMatch)) return { status: 304, headers, body: '' }
    return withHeaders(await handler(reads, economy)(asOf, parameters), headers)
  })
}

const identities = new WeakMap<EconomyFile, string>()

/** A digest of the rules and units that answers are computed with: they can change without a new block. */
function identityOf(economy: EconomyFile): string {
  const known = identities.get(economy)
  if (known !== undefined) return known
  const { contracts, policy } = economy
  const rules = JSON.stringify([contracts, policy], (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString()
    return value instanceof Set ? [...value] : value
  })
  const identity = createHash('sha256').update(rules).digest('base64url')
  identities.set(economy, identity)
  return identity
}
