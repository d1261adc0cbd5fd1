import type { EconomyFile } from '../../config/economy-file'
import type { Cells } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'
import type { EventBlock } from '../../core/events'
import { quoted } from '../cell-spelling'
import type { Finding } from '../verify/finding'
import { eventCells, PROVABLE_DATASETS, type ProvableDataset } from './event-cells'
import { createRowReader, type NumberedRow } from './row-reader'

export { PROVABLE_DATASETS, type ProvableDataset }

/** A data file whose rows are to be those of the proven events. */
export interface RowsToProve {
  /** Path within the directory. */
  readonly file: string
  readonly dataset: ProvableDataset
  readonly fromBlock: number
  readonly toBlock: number
  /** In chain order; begun to be read when the first proof of its blocks comes. */
  readonly rows: AsyncIterable<readonly Cells[]>
}

export interface RowMatcher {
  /** Holds the rows of a block against its events; those of blocks passed by have no proof. */
  match(block: EventBlock): Promise<void>
  /** Leaves the rows of a block alone: its proof is found to be wrong already. */
  pass(block: number): Promise<void>
  /** What is left up to the last block has no proof. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** Holds a file against proofs as they come, row by row. */
export function createRowMatcher(
  { file, dataset, ...asked }: RowsToProve,
  economy: EconomyFile,
  facts: { readonly fromBlock: number; readonly toBlock: number },
  add: (finding: Finding) => void,
): RowMatcher {
  const columns = columnsOf(dataset).map(({ name }) => name)
  const fromBlock = Math.max(asked.fromBlock, facts.fromBlock)
  const toBlock = Math.min(asked.toBlock, facts.toBlock)
  const cellsOf = eventCells(dataset, economy)
  const [blockAt, logAt] = [columns.indexOf('block_number'), columns.indexOf('log_index')]
  const reader = createRowReader(asked.rows, (cells) => Number(cells[blockAt]))
  const tell = (finding: Omit<Finding, 'law' | 'file'>): void => add({ law: 'proofs', file, ...finding })

  const unproven = ({ row, cells }: NumberedRow): void => {
    const block = Number(cells[blockAt])
    if (block < fromBlock) return
    tell({ row, block, problem: `log ${quoted(cells[logAt] ?? null)} has no proof that is its own` })
  }
  /** The rows of a block, after those before it were told of. */
  const rowsOf = async (block: number): Promise<NumberedRow[]> => {
    const rows: NumberedRow[] = []
    for await (const each of reader.upTo(block)) {
      if (Number(each.cells[blockAt]) < block) unproven(each)
      else rows.push(each)
    }
    return rows
  }
  const isMine = (block: number): boolean => fromBlock <= block && block <= toBlock

  return {
    async match({ block, events }) {
      if (!isMine(block.number)) return
      const open = new Map<string | null | undefined, NumberedRow>()
      for (const each of await rowsOf(block.number)) {
        const log = each.cells[logAt]
        if (open.has(log)) unproven(each)
        else open.set(log, each)
      }
      for (const event of events) {
        const expected = cellsOf(event, block)
        if (expected === undefined) continue
        const found = open.get(`${event.logIndex}`)
        open.delete(`${event.logIndex}`)
        if (found === undefined) {
          tell({
            block: block.number,
            problem: `there is no row for the proven event at log ${event.logIndex}`,
          })
          continue
        }
        for (const { at, cell } of expected) {
          const said = found.cells[at] ?? null
          if (said === cell) continue
          const problem = `the proven event has ${quoted(cell)}, the row ${quoted(said)}`
          tell({ row: found.row, block: block.number, column: columns[at] ?? '', problem })
        }
      }
      for (const each of open.values()) unproven(each)
    },
    async pass(block) {
      if (isMine(block)) await rowsOf(block)
    },
    async finish() {
      for await (const each of reader.upTo(toBlock)) unproven(each)
    },
    close: () => reader.close(),
  }
}
