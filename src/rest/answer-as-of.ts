import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import { dataDictionary } from '../core/figures'
import type { AsOf } from '../read/as-of'
import { cacheControl, isKnown } from '../read/caching'
import type { Reads } from '../read/reads'
import { parseAsOfQuery } from './as-of-query'
import { asOfHeaders, entityTag } from './caching'
import { type Reply, withHeaders } from './reply'
import type { RestServices } from './services'
import { VERSION } from './version'

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
  { store, economy, answers }: Pick<RestServices, 'store' | 'economy' | 'answers'>,
  handler: AsOfHandler<Parameters>,
  ownParameters: z.ZodType<Parameters>,
  { url, query, ifNoneMatch }: AsOfQuestion,
): Promise<Reply> {
  const answer = await answers.answer(url, async () => {
    const { asked, parameters } = parseAsOfQuery(ownParameters, query)
    return store.snapshot(async (reads) => {
      const asOf = await reads.resolve(asked)
      const etag = entityTag(asOf, url, identityOf(economy))
      const reply = await handler(reads, economy)(asOf, parameters)
      return withHeaders(reply, { etag, 'cache-control': cacheControl([asOf]), ...asOfHeaders(asOf) })
    })
  })
  return isKnown(answer.headers.etag ?? '', ifNoneMatch) ? { ...answer, status: 304, body: '' } : answer
}

const identities = new WeakMap<EconomyFile, string>()

/** A digest of what answers are computed with besides the chain, which can change without a new block: rules, units, and this program. */
function identityOf(economy: EconomyFile): string {
  const known = identities.get(economy)
  if (known !== undefined) return known
  const { contracts, policy } = economy
  const rules = JSON.stringify([VERSION, dataDictionary(), contracts, policy], (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString()
    return value instanceof Set ? [...value] : value
  })
  const identity = createHash('sha256').update(rules).digest('base64url')
  identities.set(economy, identity)
  return identity
}
