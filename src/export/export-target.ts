import type { EconomyFile } from '../config/economy-file'
import type { Address } from '../core/address'
import { type DatasetName, METHODOLOGY_VERSION, SCHEMA_VERSION } from '../core/datasets/dataset'
import type { ExportRange } from '../core/datasets/export-range'
import { isoOf } from '../core/iso-time'
import type { AccountingFormat, DataFormat, ExportFormat, Manifest, ManifestFacts } from './manifest'

/** One file to be made. */
export type ExportTarget = {
  readonly range: ExportRange
  /** Whose statement it is. */
  readonly account?: Address | undefined
  /** The partition that it is, `YYYY-MM`. */
  readonly month?: string | undefined
} & Wanted

/** What a file is of, and how it is written. */
export type Wanted =
  | { readonly dataset: DatasetName; readonly format: DataFormat }
  | { readonly dataset: 'statement' | 'treasury'; readonly format: AccountingFormat }
  | { readonly dataset: 'proofs'; readonly format: 'proofs' }

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  csv: 'csv',
  ndjson: 'ndjson',
  parquet: 'parquet',
  proofs: 'ndjson',
  hledger: 'journal',
  koinly: 'csv',
  rotki: 'csv',
}

/** What the path of a file says of it. */
export interface Named {
  readonly dataset: Manifest['dataset']
  readonly format: ExportFormat
  readonly range: Pick<ExportRange, 'fromBlock' | 'toBlock'>
  readonly account?: Address | undefined
  readonly month?: string | undefined
}

/** Where a file is within its directory; partitions as Hive has them. */
export function exportPath({ dataset, format, range, account, month }: Named): string {
  // Koinly's and rotki's files have the extension of our own CSV, and are something else.
  const what = format === 'koinly' || format === 'rotki' ? format : dataset
  const words = [what, account, range.fromBlock, range.toBlock].filter((word) => word !== undefined)
  const name = `${words.join('-')}.${EXTENSIONS[format]}`
  return month === undefined ? name : `${dataset}/month=${month}/${name}`
}

/** What the manifest of a file says that is known before the file is made. */
export function manifestFacts(
  target: ExportTarget,
  economy: EconomyFile,
  said: Pick<Manifest, 'economy' | 'generator' | 'partial'>,
): ManifestFacts {
  const { dataset, format, range, account = null, month } = target
  const { token, staking, stable, pair } = economy.contracts
  const { time } = range
  return {
    file: exportPath(target),
    dataset,
    format,
    account,
    partition: month === undefined ? null : { month },
    chainId: economy.chain.id,
    contracts: {
      token: token.address,
      staking: staking.address,
      stable: stable.address,
      pair: pair?.address ?? null,
    },
    partial: said.partial,
    fromBlock: range.fromBlock,
    toBlock: range.toBlock,
    toBlockHash: range.toBlockHash,
    toBlockTimestamp: isoOf(range.toTimestamp),
    time: time === undefined ? null : { from: isoOf(time.from), to: isoOf(time.to) },
    historyDigest: range.digest,
    economy: said.economy,
    schemaVersion: SCHEMA_VERSION,
    methodologyVersion: METHODOLOGY_VERSION,
    generator: said.generator,
  }
}
