import type { Cells, LedgerColumn, LedgerDataset } from '../../core/datasets/dataset'
import type { ContractAddresses } from '../../core/datasets/ledger-cells'
import type { ChainPosition } from '../account-at'
import { entityNamed } from '../entities/entities'
import { columnOf, type Entity } from '../entities/entity'
import { cellReader } from './copied-cells'

/** Blocks from one to another, both included; rows at or before `after` are left out. */
export interface RowRange {
  readonly fromBlock: number
  readonly toBlock: number
  readonly after?: ChainPosition | undefined
}

/** What is copied of a dataset, and how its lines are read. */
export interface DatasetCopy {
  readonly statement: string
  readonly cellsOf: (line: string) => Cells
}

/** A statement that walks a table of the ledger in chain order, and the reader of its lines. */
export function ledgerCopy(
  dataset: LedgerDataset,
  range: RowRange,
  contracts: ContractAddresses,
): DatasetCopy {
  const entity = entityNamed(dataset.entity)
  const fields = dataset.columns.filter(({ origin }) => origin.of !== 'contract')
  const isOfBlocks = entity.grain === 'block'
  // Left: a row whose block is not there must be seen, not lost.
  const blocks = isOfBlocks ? '' : 'left join snapshot as block on block.block_number = own.block_number'
  const order = isOfBlocks ? 'own.block_number' : 'own.block_number, own.log_index'
  const columns = fields.map((column) => fieldSql(column, entity, isOfBlocks))
  return {
    statement: `copy (select ${columns.join()} from "${entity.table}" as own ${blocks}
      where ${rangeSql(range, isOfBlocks)} order by ${order}) to stdout`,
    cellsOf: lineReader(dataset.columns, contracts),
  }
}

/** Which rows, as SQL: a COPY takes no parameters, so that everything in it has to be a number that is checked. */
export function rangeSql({ fromBlock, toBlock, after }: RowRange, isOfBlocks = false): string {
  const blocks = `own.block_number between ${whole(fromBlock)} and ${whole(toBlock)}`
  if (after === undefined) return blocks
  if (isOfBlocks) return `${blocks} and own.block_number > ${whole(after.blockNumber)}`
  return `${blocks} and (own.block_number, own.log_index) > (${whole(after.blockNumber)}, ${whole(after.logIndex)})`
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`)
  // Blocks are int4 columns; a bigint beside them would keep their index from being walked.
  return `${Math.max(-1, Math.min(value, 2 ** 31 - 1))}`
}

function fieldSql({ origin }: LedgerColumn, entity: Entity, isOfBlocks: boolean): string {
  if (origin.of === 'row') return `own."${columnOf(entity, origin.field).name}"`
  return isOfBlocks ? 'own.hash' : 'block.hash'
}

function lineReader(columns: readonly LedgerColumn[], contracts: ContractAddresses): (line: string) => Cells {
  const readers = columns.map((column) => {
    const { origin } = column
    return origin.of === 'contract' ? contracts[origin.contract] : cellReader(column)
  })
  const fieldCount = readers.filter((reader) => typeof reader !== 'string').length
  return (line) => {
    const fields = line.split('\t')
    if (fields.length !== fieldCount) throw new TypeError(`a row has ${fields.length} fields`)
    const cells: (string | null)[] = []
    let next = 0
    for (const reader of readers) {
      if (typeof reader === 'string') {
        cells.push(reader)
      } else {
        cells.push(reader(fields[next] ?? ''))
        next += 1
      }
    }
    return cells
  }
}
