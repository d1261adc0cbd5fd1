import { createHash } from 'node:crypto'
import type { EconomyFile } from '../../config/economy-file'
import { economyJson } from '../../config/economy-json'
import { METHODOLOGY_VERSION, SCHEMA_VERSION } from '../../core/datasets/dataset'
import type { ExportRange } from '../../core/datasets/export-range'
import { isoOf } from '../../core/iso-time'
import { cacheControl } from '../../read/caching'
import type { DataFormat } from '../manifest'
import type { Coding } from './content-coding'
import type { DownloadQuery } from './download-query'
import type { Download } from './downloads'

type Headers = Readonly<Record<string, string>>

/** What an answer says of itself; names in lower case. */
export interface Described {
  readonly download: Download
  readonly query: DownloadQuery
  readonly range: ExportRange
  readonly coding: Coding
  readonly economy: EconomyFile
  /** Contracts whose history before their start block was left out. */
  readonly partial: readonly string[]
}

/** All that is said of a file before its bytes. */
export function downloadHeaders(described: Described): Headers {
  const { download, query, coding } = described
  return {
    'content-type': mediaType(download.format, query.after === undefined),
    'content-disposition': `attachment; filename="${fileName(described)}"`,
    ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    'accept-ranges': 'none',
    ...validityHeaders(described),
  }
}

/** What is said also to who has the file already. */
export function validityHeaders(described: Described): Headers {
  const { download, query } = described
  const isSettled = download.isDeterministic && query.isEndNamed
  return {
    ...(download.codings.length === 0 ? {} : { vary: 'accept-encoding' }),
    ...(download.isDeterministic ? { etag: entityTag(described) } : {}),
    'cache-control': isSettled ? FOR_EVER : cacheControl([]),
    ...rangeHeaders(described),
    'export-schema-version': String(SCHEMA_VERSION),
    'export-methodology-version': String(METHODOLOGY_VERSION),
  }
}

/** A range that ends at a named block or time is final: it has no other rows, ever. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The block that the file ends at, in the names of all answers; and where it begins. */
function rangeHeaders({ range, partial }: Described): Headers {
  const { fromBlock, toBlock, toBlockHash, toTimestamp, digest } = range
  return {
    'as-of-block': String(toBlock),
    'as-of-hash': toBlockHash,
    'as-of-timestamp': isoOf(toTimestamp),
    'as-of-finalized': 'true',
    'as-of-digest': digest.after,
    ...(partial.length === 0 ? {} : { 'as-of-partial': partial.join(', ') }),
    'export-from-block': String(fromBlock),
    'export-digest-before': digest.before,
  }
}

/** The same name that the file has when it is written by the command line; a rest is not the file, and not called so. */
function fileName({ download: { dataset, format }, query: { account, after }, range }: Described): string {
  const whose = account === undefined ? '' : `${account}-`
  const rest = after === undefined ? '' : `-after-${after.blockNumber}-${after.logIndex}`
  return `${dataset}-${whose}${range.fromBlock}-${range.toBlock}${rest}.${format}`
}

function mediaType(format: DataFormat, hasHeader: boolean): string {
  switch (format) {
    case 'csv':
      return `text/csv; charset=utf-8; header=${hasHeader ? 'present' : 'absent'}`
    case 'ndjson':
      return 'application/x-ndjson'
    case 'parquet':
      return 'application/vnd.apache.parquet'
  }
}

/**
 * A validator, of all that decides the content. A strong one where it is sent as it is; what compresses it may give other bytes
 * on another machine.
 */
export function entityTag({
  download: { dataset, format },
  query,
  range,
  coding,
  economy,
}: Described): string {
  const { account, after } = query
  // Days are those of the time that was asked for, also where no block is in them.
  const time = dataset === 'daily' ? [range.time?.from ?? null, range.time?.to ?? null] : []
  const parts = [
    [dataset, format, account ?? null, after?.blockNumber ?? null, after?.logIndex ?? null],
    [range.fromBlock, range.toBlock, range.toBlockHash, range.digest.before, range.digest.after, ...time],
    [SCHEMA_VERSION, METHODOLOGY_VERSION, rulesOf(economy)],
    [coding],
  ]
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)
  return `${coding === 'identity' ? '' : 'W/'}"${digest}"`
}

const rules = new WeakMap<EconomyFile, string>()

/** The rules that figures are derived by, as they are exported. */
function rulesOf(economy: EconomyFile): string {
  const known = rules.get(economy)
  if (known !== undefined) return known
  const digest = createHash('sha256').update(economyJson(economy)).digest('base64url')
  rules.set(economy, digest)
  return digest
}
