import type { EconomyFile } from '../../config/economy-file'
import type { Cells, LedgerDataset } from '../../core/datasets/dataset'
import { LEDGER_DATASETS } from '../../core/datasets/datasets'
import { contractAddresses, ledgerCells } from '../../core/datasets/ledger-cells'
import type { EconomyEvent, EventBlock } from '../../core/events'
import type { Policy } from '../../core/policy'
import { classifyFlow } from '../../core/treasury'
import { quoted } from '../cell-spelling'
import type { Finding } from '../verify/finding'

/** Datasets with a row for every event of a kind: what such a row says of its event, a proof shows. */
export const PROVABLE_DATASETS = ['transfers', 'stakes', 'rewards', 'treasury_flows'] as const
export type ProvableDataset = (typeof PROVABLE_DATASETS)[number]

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
  { file, dataset: name, ...asked }: RowsToProve,
  economy: EconomyFile,
  facts: { readonly fromBlock: number; readonly toBlock: number },
  add: (finding: Finding) => void,
): RowMatcher {
  const dataset = LEDGER_DATASETS[name]
  const fromBlock = Math.max(asked.fromBlock, facts.fromBlock)
  const toBlock = Math.min(asked.toBlock, facts.toBlock)
  const cellsOf = expectedCells(name, economy)
  const columnAt = (column: string): number => dataset.columns.findIndex((each) => each.name === column)
  const [blockAt, logAt] = [columnAt('block_number'), columnAt('log_index')]
  const reader = createRowReader(asked.rows, (cells) => Number(cells[blockAt]))
  const tell = (finding: Omit<Finding, 'law' | 'file'>): void => add({ law: 'proofs', file, ...finding })

  const unproven = ({ row, cells }: NumberedRow): void => {
    const block = Number(cells[blockAt])
    if (block < fromBlock) return
    tell({ row, block, problem: `log ${quoted(cells[logAt] ?? null)} has no proof` })
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
      const open = new Map((await rowsOf(block.number)).map((each) => [each.cells[logAt], each]))
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
        for (const [column, cell] of expected) {
          const said = found.cells[columnAt(column)] ?? null
          if (said === cell) continue
          const problem = `the proven event has ${quoted(cell)}, the row ${quoted(said)}`
          tell({ row: found.row, block: block.number, column, problem })
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

/** The cells that an event gives its row, by column; undefined where it has none in this dataset. */
function expectedCells(
  name: ProvableDataset,
  economy: EconomyFile,
): (event: EconomyEvent, block: EventBlock['block']) => readonly [string, string | null][] | undefined {
  const dataset = LEDGER_DATASETS[name]
  let known: LedgerDataset | undefined
  let spell: ReturnType<typeof ledgerCells> | undefined
  return (event, block) => {
    const fields = fieldsOf(name, event, economy.policy)
    if (fields === undefined) return undefined
    const { number: blockNumber, timestamp } = block
    const { logIndex, transactionHash } = event
    const row: object = { ...fields, blockNumber, timestamp, logIndex, transactionHash }
    // Whatever the event, the fields that it gives a row of this dataset are the same.
    known ??= {
      ...dataset,
      columns: dataset.columns.filter(({ origin }) => origin.of !== 'row' || origin.field in row),
    }
    spell ??= ledgerCells(known, contractAddresses(economy.contracts))
    const { columns } = known
    return spell(row, block.hash).map((cell, index) => [columns[index]?.name ?? '', cell])
  }
}

/** What a row says of its event alone; running values, which earlier events enter, are not among it. */
function fieldsOf(
  name: ProvableDataset,
  event: EconomyEvent,
  { treasury, ...policy }: Policy,
): object | undefined {
  switch (name) {
    case 'transfers':
      return event.kind === 'transfer' ? { from: event.from, to: event.to, value: event.value } : undefined
    case 'stakes':
      if (event.kind !== 'stake' && event.kind !== 'unstake') return undefined
      return { account: event.account, action: event.kind.toUpperCase(), amount: event.amount }
    case 'rewards':
      return event.kind === 'reward' ? { account: event.account, amount: event.amount } : undefined
    case 'treasury_flows': {
      if (event.kind !== 'stableTransfer') return undefined
      const { from, to, value } = event
      if (!treasury.has(from) && !treasury.has(to)) return undefined
      return { from, to, value, ...classifyFlow(from, to, { treasury, ...policy }) }
    }
  }
}

/** A row with its number, from 1. */
interface NumberedRow {
  readonly row: number
  readonly cells: Cells
}

/** Reads rows in step with something else: bundles come as they come, blocks are asked for one by one. */
function createRowReader(bundles: AsyncIterable<readonly Cells[]>, blockOf: (cells: Cells) => number) {
  let iterator: AsyncIterator<readonly Cells[]> | undefined
  let bundle: readonly Cells[] = []
  let next = 0
  let row = 0
  return {
    /** The rows up to the first one of a later block. */
    async *upTo(block: number): AsyncGenerator<NumberedRow> {
      iterator ??= bundles[Symbol.asyncIterator]()
      for (;;) {
        const cells = bundle[next]
        if (cells === undefined) {
          const read = await iterator.next()
          if (read.done) return
          bundle = read.value
          next = 0
        } else {
          if (blockOf(cells) > block) return
          next += 1
          row += 1
          yield { row, cells }
        }
      }
    },
    async close(): Promise<void> {
      await iterator?.return?.()
    },
  }
}
