import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import { dataDictionary } from '../core/figures'
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
    const known = isKnown(etag, question.ifNoneMatch)
    // A tag was given with an answer; `*` may come with a question that has none.
    if (known && question.ifNoneMatch?.trim() !== '*') return { status: 304, headers, body: '' }
    const reply = await handler(reads, economy)(asOf, parameters)
    return known ? { status: 304, headers, body: '' } : withHeaders(reply, headers)
  })
}

const identities = new WeakMap<EconomyFile, string>()

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
  version: string
}

/** A digest of what answers are computed with besides the chain, which can change without a new block: rules, units, and this program. */
function identityOf(economy: EconomyFile): string {
  const known = identities.get(economy)
  if (known !== undefined) return known
  const { contracts, policy } = economy
  const rules = JSON.stringify([version, dataDictionary(), contracts, policy], (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString()
    return value instanceof Set ? [...value] : value
  })
  const identity = createHash('sha256').update(rules).digest('base64url')
  identities.set(economy, identity)
  return identity
}
