import { sha256 } from '../../../src/chain/verify/sha256'
import type { EconomyFile } from '../../../src/config/economy-file'
import type { Hash } from '../../../src/core/address'
import type { Cells } from '../../../src/core/datasets/dataset'
import { LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { contractAddresses, ledgerCells } from '../../../src/core/datasets/ledger-cells'
import { GENESIS } from '../../../src/core/economy'
import type { EventBlock } from '../../../src/core/events'
import { fold } from '../../../src/core/fold'
import {
  PROVABLE_DATASETS,
  type ProvableDataset,
  type RowsToProve,
} from '../../../src/export/proofs/proven-rows'
import { inBundles } from './proving'

export type FoldedRows = Readonly<Record<ProvableDataset, readonly Cells[]>>

/** The rows of a whole history, as files hold them. */
export function foldedRows(economy: EconomyFile, blocks: readonly EventBlock[]): FoldedRows {
  const state = { economy: GENESIS, digest: ZERO, timestamp: 0, broken: new Set<never>(), blockNumber: -1 }
  const ledger = fold({ ...state, accounts: new Map() }, blocks, economy.policy, sha256)
  const hashes = new Map(blocks.map(({ block }) => [block.number, block.hash]))
  const rowsOf = (name: ProvableDataset): Cells[] => {
    const dataset = LEDGER_DATASETS[name]
    const spell = ledgerCells(dataset, contractAddresses(economy.contracts))
    const rows = ledger[dataset.rows] as readonly { blockNumber: number }[]
    return rows.map((row) => spell(row, hashes.get(row.blockNumber) ?? ZERO))
  }
  return {
    transfers: rowsOf('transfers'),
    stakes: rowsOf('stakes'),
    rewards: rowsOf('rewards'),
    treasury_flows: rowsOf('treasury_flows'),
  }
}

/** These rows as files of a range. */
export function filesOf(rows: FoldedRows, { fromBlock, toBlock }: ExportRange): RowsToProve[] {
  return PROVABLE_DATASETS.map((dataset) => {
    return { file: `${dataset}.csv`, dataset, fromBlock, toBlock, rows: inBundles(rows[dataset]) }
  })
}

const ZERO: Hash = `0x${'0'.repeat(64)}`
