import type { CellKind, LedgerDatasetName } from '../../core/datasets/dataset'
import { LEDGER_DATASETS } from '../../core/datasets/datasets'
import type {
  BurnRow,
  PriceRow,
  RewardRow,
  SnapshotRow,
  StakeRow,
  TransferRow,
  TreasuryFlowRow,
} from '../../core/ledger'
import { FIXED_POINT_DECIMALS, parseUnits } from '../../core/units'
import { ownText } from './own-text'
import type { Row } from './row'

/** The rows of the fold that the rows of files are. */
export interface LedgerRows {
  readonly transfers: TransferRow
  readonly burns: BurnRow
  readonly stakes: StakeRow
  readonly rewards: RewardRow
  readonly treasury_flows: TreasuryFlowRow
  readonly prices: PriceRow
  /** What is not exported, for it depends on how a block was read, is not in it. */
  readonly snapshots: Omit<SnapshotRow, 'parentHash'>
}

/** Reads a file's row as the fold's row that it was spelled from. It may be kept: nothing in it is part of the file. */
export function ledgerRow<Name extends LedgerDatasetName>(dataset: Name, { cells }: Row): LedgerRows[Name] {
  const row: Record<string, unknown> = {}
  const { columns } = LEDGER_DATASETS[dataset]
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index]
    if (column?.origin.of === 'row') row[column.origin.field] = parsedCell(cells[index] ?? null, column.kind)
    else if (column?.origin.of === 'blockHash') row.hash = parsedCell(cells[index] ?? null, 'hash')
  }
  return row as unknown as LedgerRows[Name]
}

/** Unix seconds of a time as it is spelled in files. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1_000
}

/** The opposite of `spellCell`. */
function parsedCell(cell: string | null, kind: CellKind): unknown {
  if (cell === null) return null
  switch (kind) {
    case 'integer':
      return Number(cell)
    case 'amount':
      return BigInt(cell)
    case 'fixed':
      return parseUnits(cell, FIXED_POINT_DECIMALS) ?? null
    case 'time':
      return secondsOf(cell)
    default:
      return ownText(cell)
  }
}
