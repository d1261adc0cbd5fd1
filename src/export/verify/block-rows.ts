import { LEDGER_DATASET_NAMES } from '../../core/datasets/dataset'
import type { Manifest } from '../manifest'
import type { Row } from './row'

/** Datasets whose rows come in the order of blocks. */
export const BLOCKWISE = [...LEDGER_DATASET_NAMES, 'statement'] as const

export type Blockwise = (typeof BLOCKWISE)[number]

/** What the files say of one block. */
export interface BlockRows {
  readonly number: number
  /** By dataset: the rows of the block, none where nothing of the kind happened; undefined where no file covers it. */
  readonly rows: { readonly [Name in Blockwise]?: readonly Row[] | undefined }
  /** Of the statement among them, which may have no row of the block. */
  readonly statement?: Manifest
}

/** Something that has to hold, held against block after block. */
export interface Rule {
  visit(block: BlockRows): void
  /** A dataset begins, with blocks before it missing or none. @param fromStart whether nothing was before */
  restart?(dataset: Blockwise, fromStart: boolean): void
  finish?(): void
}
