import type { Address, Hash } from '../core/address'
import type { DatasetName } from '../core/datasets/dataset'

/** Formats of data files. */
export const DATA_FORMATS = ['csv', 'ndjson', 'parquet'] as const
export type DataFormat = (typeof DATA_FORMATS)[number]

/** Formats of other programs. */
export const ACCOUNTING_FORMATS = ['hledger', 'koinly', 'rotki'] as const
export type AccountingFormat = (typeof ACCOUNTING_FORMATS)[number]

export type ExportFormat = DataFormat | AccountingFormat | 'proofs'

/** Where manifests are: in a folder that Spark, Trino and Hive do not look into. */
export const MANIFEST_FOLDER = '_manifests'

/** What is said of one file, beside it: `_manifests/000001.json` and so on, in the order of publication. */
export interface Manifest {
  readonly manifestVersion: 1
  /** 1 for the first file of a directory. */
  readonly sequence: number
  /** SHA-256 of the manifest before, 64 hex digits; null for the first. */
  readonly previous: string | null
  /** Path of the file within the directory, with `/`. */
  readonly file: string
  /** 64 hex digits. */
  readonly sha256: string
  readonly bytes: number
  /** Rows of data, without a header. */
  readonly rows: number
  readonly dataset: DatasetName | 'proofs' | 'treasury'
  readonly format: ExportFormat
  /** Whose statement it is; null for all others. */
  readonly account: Address | null
  /** The part of a partitioned data set that the file is, such as `{ month: "2026-01" }`; null for all others. */
  readonly partition: { readonly month: string } | null
  readonly chainId: number
  readonly contracts: {
    readonly token: Address
    readonly staking: Address
    readonly stable: Address
    readonly pair: Address | null
  }
  /** Contracts whose history begins after their deployment: figures that need all of it are not there. */
  readonly partial: readonly string[]
  readonly fromBlock: number
  readonly toBlock: number
  readonly toBlockHash: Hash
  /** ISO 8601, UTC. */
  readonly toBlockTimestamp: string
  /**
   * Time that the file stands for where times were asked for, or a month: from, and before which. ISO 8601, UTC. It says more
   * than the blocks: which days `daily` states. Null where blocks were asked for.
   */
  readonly time: { readonly from: string; readonly to: string } | null
  /** History digest (docs/digest.md) before the first and after the last block. */
  readonly historyDigest: { readonly before: Hash; readonly after: Hash }
  /** The rules that the figures were derived by: a file beside the manifests that is a whole economy.yaml. */
  readonly economy: { readonly file: string; readonly sha256: string }
  readonly schemaVersion: number
  readonly methodologyVersion: number
  /** Program and version. */
  readonly generator: string
}

/** What a manifest says of a file before the file is made. */
export type ManifestFacts = Omit<
  Manifest,
  'manifestVersion' | 'sequence' | 'previous' | 'sha256' | 'bytes' | 'rows'
>
