import type { EconomyFile } from '../../../src/config/economy-file'
import type { Address, Hash } from '../../../src/core/address'
import type { Cells, DatasetName } from '../../../src/core/datasets/dataset'
import { isLedgerDataset, LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { contractAddresses, ledgerCells } from '../../../src/core/datasets/ledger-cells'
import { statementCells, statementEvents } from '../../../src/core/datasets/statement-cells'
import type { EventBlock } from '../../../src/core/events'
import { fold } from '../../../src/core/fold'
import type { Ledger } from '../../../src/core/ledger'
import type { AccountingSource } from '../../../src/export/accounting/accounting-source'
import { addressOf, POLICY, SEED, STAKING, START, sha256 } from '../../support/history'

/** The economy of made-up histories. */
export const ECONOMY: EconomyFile = {
  chain: { id: 31337, name: 'Test', finality: { kind: 'tag', tag: 'finalized' }, explorer: undefined },
  contracts: {
    token: {
      address: addressOf(0x70),
      startBlock: 1,
      decimals: 18,
      symbol: 'ASHAO',
      partialHistory: false,
      indexedTransfers: true,
    },
    staking: {
      address: STAKING,
      startBlock: 1,
      rewardToken: 'stable',
      partialHistory: false,
      custody: true,
      events: { stake: undefined, unstake: undefined },
      views: undefined,
    },
    stable: {
      address: addressOf(0x72),
      startBlock: 1,
      decimals: 6,
      symbol: 'USDC',
      partialHistory: false,
      indexedTransfers: true,
    },
    pair: undefined,
  },
  policy: POLICY,
  creditPriceUsd: '0.01',
}

/** Rows of a history that was folded, in bundles of three. */
export interface FoldedSource extends AccountingSource {
  readonly ledger: Ledger
  /** From a block to the last one with events. */
  range(fromBlock?: number): ExportRange
}

export function foldedSource(blocks: readonly EventBlock[], economy: EconomyFile = ECONOMY): FoldedSource {
  const ledger = fold(START, blocks, economy.policy, sha256)
  const contracts = contractAddresses(economy.contracts)
  const hashes = new Map<number, Hash>(blocks.map(({ block }) => [block.number, block.hash]))
  const hashOf = (block: number): Hash => hashes.get(block) ?? '0x'
  const cellsOf = (dataset: DatasetName, { fromBlock, toBlock }: ExportRange, account?: Address): Cells[] => {
    const isInside = ({ blockNumber }: { blockNumber: number }) =>
      blockNumber >= fromBlock && blockNumber <= toBlock
    if (isLedgerDataset(dataset)) {
      const spell = ledgerCells(LEDGER_DATASETS[dataset], contracts)
      const rows = ledger[LEDGER_DATASETS[dataset].rows] as readonly { blockNumber: number }[]
      return rows.filter(isInside).map((row) => spell(row, hashOf(row.blockNumber)))
    }
    if (account === undefined) throw new TypeError(`${dataset} is not there`)
    const spell = statementCells(account, contracts, { balance: 0n, staked: 0n, rewardsPaid: 0n })
    // What came before says what the account had.
    const events = statementEvents(ledger, account).map((event) => ({
      event,
      cells: spell(event, hashOf(event.row.blockNumber)),
    }))
    return events.filter(({ event }) => isInside(event.row)).map(({ cells }) => cells)
  }
  return {
    ledger,
    async *rows(dataset, range, { account } = {}) {
      const cells = cellsOf(dataset, range, account)
      for (let start = 0; start < cells.length; start += 3) yield cells.slice(start, start + 3)
    },
    range(fromBlock = 1) {
      const last = ledger.snapshots.at(-1)
      if (last === undefined) throw new RangeError('a history has a snapshot')
      const { blockNumber: toBlock, hash: toBlockHash, timestamp: toTimestamp, digest: after } = last
      return { fromBlock, toBlock, toBlockHash, toTimestamp, digest: { before: SEED, after } }
    },
  }
}

/** All of a file. */
export async function fileText(
  pieces: AsyncGenerator<Uint8Array, number>,
): Promise<{ text: string; rows: number }> {
  const bytes: Uint8Array[] = []
  for (;;) {
    const { done, value } = await pieces.next()
    if (done === true) return { text: Buffer.concat(bytes).toString(), rows: value }
    bytes.push(value)
  }
}
