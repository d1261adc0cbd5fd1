import type { Address } from '../../core/address'
import type { DatasetName } from '../../core/datasets/dataset'
import { columnsOf, isLedgerDataset, LEDGER_DATASETS } from '../../core/datasets/datasets'
import { contractAddresses } from '../../core/datasets/ledger-cells'
import type { Manifest } from '../manifest'
import type { Findings } from './finding'
import { addAt, type Row } from './row'
import type { Rules } from './rules'

/** What a row's place is held against while a file is read. */
export interface Places {
  readonly blockNumber: number
  /** -1 where a block has one row. */
  readonly logIndex: number
  readonly blockHash: number
  readonly blockTimestamp: number
  /** Columns that hold the address of a contract, and which. */
  readonly contracts: readonly {
    readonly position: number
    readonly name: string
    readonly address: Address
  }[]
  previous: { readonly block: number; readonly logIndex: number }
}

export function openPlaces(manifest: Manifest, { economy }: Rules): Places {
  const dataset = manifest.dataset as DatasetName
  const names = columnsOf(dataset).map(({ name }) => name)
  const addresses = contractAddresses(economy.contracts)
  const columns = isLedgerDataset(dataset) ? LEDGER_DATASETS[dataset].columns : []
  return {
    blockNumber: names.indexOf('block_number'),
    logIndex: names.indexOf('log_index'),
    blockHash: names.indexOf('block_hash'),
    blockTimestamp: names.indexOf('block_timestamp'),
    contracts: columns.flatMap(({ origin, name }, position) =>
      origin.of === 'contract' ? [{ position, name, address: addresses[origin.contract] }] : [],
    ),
    previous: { block: -1, logIndex: -1 },
  }
}

/**
 * Holds a row's place against the row before, the range and the contracts of the manifest.
 * @returns whether the row is in order: what follows one that is not cannot be held against other files
 */
export function checkPlace(places: Places, row: Row, findings: Findings): boolean {
  const { manifest, block, cells } = row
  const logIndex = places.logIndex < 0 ? 0 : Number(cells[places.logIndex])
  const { previous } = places
  places.previous = { block, logIndex }
  if (block < previous.block || (block === previous.block && logIndex <= previous.logIndex)) {
    const [here, before] =
      places.logIndex < 0
        ? [`${block}`, `${previous.block}`]
        : [`${block}, log ${logIndex}`, `${previous.block}, log ${previous.logIndex}`]
    addAt(
      findings,
      'order',
      row,
      'block_number',
      `block ${here} comes after block ${before}: rows are not in chain order`,
    )
    return false
  }
  const { fromBlock, toBlock, toBlockHash, toBlockTimestamp } = manifest
  if (block < fromBlock || block > toBlock) {
    addAt(
      findings,
      'order',
      row,
      'block_number',
      `block ${block} is not within ${fromBlock} to ${toBlock}, which the manifest says`,
    )
    return false
  }
  for (const { position, name, address } of places.contracts) {
    if (cells[position] === address) continue
    addAt(
      findings,
      'order',
      row,
      name,
      `is ${cells[position]}, and the economy's is ${address}: the row is of another contract`,
    )
  }
  const month = manifest.partition?.month
  if (month !== undefined && cells[places.blockTimestamp]?.startsWith(month) === false) {
    addAt(
      findings,
      'order',
      row,
      'block_timestamp',
      `is ${cells[places.blockTimestamp]}, not within the month ${month} of the partition`,
    )
  }
  if (block === toBlock) {
    compare(cells[places.blockHash], toBlockHash, 'block_hash')
    compare(cells[places.blockTimestamp], toBlockTimestamp, 'block_timestamp')
  }
  return true

  function compare(found: string | null | undefined, expected: string, column: string): void {
    if (found === expected) return
    addAt(findings, 'blocks', row, column, `is ${found}, and the manifest says ${expected} of its last block`)
  }
}
