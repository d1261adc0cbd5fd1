import type { Cells, DatasetName } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'
import type { Manifest } from '../manifest'
import type { Findings, Law } from './finding'

/** A row of a file. */
export interface Row {
  readonly manifest: Manifest
  /** From 1. */
  readonly number: number
  readonly block: number
  readonly cells: Cells
}

/** Where the columns of these names are in a row's cells. */
export function positions<Name extends string>(
  dataset: DatasetName,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  const columns = columnsOf(dataset)
  const entries = names.map((name) => {
    const position = columns.findIndex((column) => column.name === name)
    if (position < 0) throw new TypeError(`${dataset} has no column ${name}`)
    return [name, position] as const
  })
  return Object.fromEntries(entries) as Record<Name, number>
}

/** A cell that the reader has found to be there. */
export function cellAt(row: Row, position: number): string {
  return row.cells[position] as string
}

/** An amount; null where there is none. */
export function amountAt(row: Row, position: number): bigint | null {
  const cell = row.cells[position]
  return cell === null || cell === undefined ? null : BigInt(cell)
}

/** Puts down what does not hold in a row. */
export function addAt(
  { add }: Findings,
  law: Law,
  { manifest: { file }, number: row, block }: Row,
  column: string,
  problem: string,
): void {
  add({ law, file, row, block, column, problem })
}
