import type { Hash } from '../core/address'
import type { Cells, LedgerDatasetName } from '../core/datasets/dataset'
import { LEDGER_DATASETS } from '../core/datasets/datasets'
import { type ContractAddresses, ledgerCells } from '../core/datasets/ledger-cells'
import type { Ledger } from '../core/ledger'
import type { FoldedBlocks } from './fold-chain'

/** The blocks of a file, both ends included. */
export interface BlockRange {
  readonly fromBlock: number
  readonly toBlock: number
}

/** Some folded blocks, with their rows spelled as rows of files: each once, however many files they are in. */
export interface Bundle {
  readonly ledger: Ledger
  /** The last block that was read, and its time in unix seconds. */
  readonly toBlock: number
  readonly toTimestamp: number
  cells(name: LedgerDatasetName, range: BlockRange): readonly Cells[]
  /** Of a block that has rows. */
  hashOf(block: number): Hash
}

/** Spells bundles, one after the other. */
export function bundler(contracts: ContractAddresses): (folded: FoldedBlocks) => Bundle {
  const spellers = new Map<LedgerDatasetName, ReturnType<typeof ledgerCells>>()
  const spellerOf = (name: LedgerDatasetName): ReturnType<typeof ledgerCells> => {
    const speller = spellers.get(name) ?? ledgerCells(LEDGER_DATASETS[name], contracts)
    spellers.set(name, speller)
    return speller
  }
  return ({ ledger, toBlock, toTimestamp }) => {
    // Every block that has rows has a snapshot.
    const hashes = new Map(ledger.snapshots.map(({ blockNumber, hash }) => [blockNumber, hash]))
    const hashOf = (block: number): Hash => {
      const hash = hashes.get(block)
      if (hash === undefined) throw new TypeError(`block ${block} has rows and no snapshot`)
      return hash
    }
    const spelled = new Map<LedgerDatasetName, readonly Cells[]>()
    return {
      ledger,
      toBlock,
      toTimestamp,
      hashOf,
      cells(name, range) {
        const rows = rowsOf(ledger, name)
        const cells = spelled.get(name) ?? rows.map((row) => spellerOf(name)(row, hashOf(row.blockNumber)))
        spelled.set(name, cells)
        const [first, last] = [rows[0]?.blockNumber ?? 0, rows.at(-1)?.blockNumber ?? 0]
        if (range.fromBlock <= first && last <= range.toBlock) return cells
        return cells.filter((_, index) => isWithin(range, rows[index]?.blockNumber ?? -1))
      },
    }
  }
}

export function isWithin({ fromBlock, toBlock }: BlockRange, block: number): boolean {
  return fromBlock <= block && block <= toBlock
}

function rowsOf(ledger: Ledger, name: LedgerDatasetName): readonly { readonly blockNumber: number }[] {
  return ledger[LEDGER_DATASETS[name].rows] as readonly { readonly blockNumber: number }[]
}
