import type { Ledger } from '../ledger'

/**
 * What a cell holds, and how it is spelled, everywhere alike: `integer` and `amount` in decimal digits (an amount may be
 * of any size), `fixed` a plain decimal without trailing zeros (kept in units of 10⁻¹⁸), `time` as
 * `YYYY-MM-DDTHH:MM:SSZ`, `date` as `YYYY-MM-DD`, `address` and `hash` in lower-case hex, `flag` as `true` or `false`,
 * `word` one of a few capitalised words, `text` anything.
 */
export type CellKind =
  | 'integer'
  | 'amount'
  | 'fixed'
  | 'time'
  | 'date'
  | 'address'
  | 'hash'
  | 'flag'
  | 'word'
  | 'text'

/** One row's cells in the order of the dataset's columns; null is a value that is not there, never 0. */
export type Cells = readonly (string | null)[]

/** One column of a dataset. */
export interface DatasetColumn {
  /** Name in files, in snake case; that of ethereum-etl where the row is the same thing. */
  readonly name: string
  readonly kind: CellKind
  readonly isNullable: boolean
  /** Meaning and unit. */
  readonly description: string
}

/** Where a column of a ledger's row comes from. */
export type Origin =
  /** A field of the row: a property of the fold's rows, and a column of the entity. */
  | { readonly of: 'row'; readonly field: string }
  /** The hash of the row's block. */
  | { readonly of: 'blockHash' }
  /** The address of a contract of the economy; `reward` is the one that rewards are paid in. */
  | { readonly of: 'contract'; readonly contract: 'token' | 'staking' | 'stable' | 'reward' }

/** A column of a dataset whose rows are rows of the ledger. */
export interface LedgerColumn extends DatasetColumn {
  readonly origin: Origin
}

/** The datasets whose rows are those of one table of the ledger. */
export const LEDGER_DATASET_NAMES = [
  'transfers',
  'burns',
  'stakes',
  'rewards',
  'treasury_flows',
  'prices',
  'snapshots',
] as const
export type LedgerDatasetName = (typeof LEDGER_DATASET_NAMES)[number]

/** Every dataset. */
export const DATASET_NAMES = [...LEDGER_DATASET_NAMES, 'daily', 'statement', 'corrections'] as const
export type DatasetName = (typeof DATASET_NAMES)[number]

/** A dataset whose rows are those of one table of the ledger, in chain order. */
export interface LedgerDataset {
  readonly name: LedgerDatasetName
  /** The entity in schema.graphql. */
  readonly entity: string
  /** The list of the fold's outcome. */
  readonly rows: keyof Ledger
  readonly columns: readonly LedgerColumn[]
  readonly description: string
}

/** Columns, their names and their meaning; raised whenever any of it changes (docs/exports.md). */
export const SCHEMA_VERSION = 1

/** How figures are derived from events; raised whenever a definition changes what a figure comes out as. */
export const METHODOLOGY_VERSION = 1
