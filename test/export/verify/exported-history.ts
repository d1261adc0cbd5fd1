import type { EconomyFile } from '../../../src/config/economy-file'
import type { Address, Hash } from '../../../src/core/address'
import { type DayClosing, dailyCells, statedDays } from '../../../src/core/datasets/daily-cells'
import type { Cells, DatasetName } from '../../../src/core/datasets/dataset'
import { columnsOf, isLedgerDataset, LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { contractAddresses, ledgerCells } from '../../../src/core/datasets/ledger-cells'
import { statementCells, statementEvents } from '../../../src/core/datasets/statement-cells'
import { historySeed } from '../../../src/core/digest'
import { GENESIS } from '../../../src/core/economy'
import type { EventBlock } from '../../../src/core/events'
import { fold } from '../../../src/core/fold'
import type { Ledger, SnapshotRow } from '../../../src/core/ledger'
import { intervalStart } from '../../../src/core/series'
import { type ExportTarget, manifestFacts } from '../../../src/export/export-target'
import { dataContent } from '../../../src/export/file-content'
import type { DataFormat } from '../../../src/export/manifest'
import { readManifests } from '../../../src/export/manifests'
import { publish } from '../../../src/export/publish'
import { storeEconomy } from '../../../src/export/store-economy'
import { sha256 } from '../../support/history'

/** A history that was folded, and what its exports hold. */
export interface FoldedHistory {
  readonly economy: EconomyFile
  readonly ledger: Ledger
  /** From a block on to the newest snapshot up to another. */
  range(fromBlock?: number, toBlock?: number): ExportRange
  cells(dataset: DatasetName, range: ExportRange, account?: Address): Cells[]
}

export function foldedHistory(blocks: readonly EventBlock[], economy: EconomyFile): FoldedHistory {
  const { chain, contracts, policy } = economy
  const scope = { chainId: chain.id, ...contracts, treasury: policy.treasury, buyback: policy.buyback }
  const digest = historySeed(scope, sha256)
  const start = { economy: GENESIS, digest, timestamp: 0, broken: new Set<never>(), blockNumber: -1 }
  const ledger = fold({ ...start, accounts: new Map() }, blocks, policy, sha256)
  const addresses = contractAddresses(contracts)
  const hashes = new Map<number, Hash>(blocks.map(({ block }) => [block.number, block.hash]))
  const first = ledger.snapshots[0]?.blockNumber ?? 0

  return {
    economy,
    ledger,
    range(fromBlock = first, toBlock = Number.POSITIVE_INFINITY) {
      const last = ledger.snapshots.findLast(({ blockNumber }) => blockNumber <= toBlock)
      if (last === undefined) throw new RangeError('a history has a snapshot')
      const before = ledger.snapshots.findLast(({ blockNumber }) => blockNumber < fromBlock)
      return {
        fromBlock,
        toBlock: last.blockNumber,
        toBlockHash: last.hash,
        toTimestamp: last.timestamp,
        digest: { before: before?.digest ?? digest, after: last.digest },
      }
    },
    cells(dataset, range, account) {
      const isInside = ({ blockNumber }: { readonly blockNumber: number }): boolean =>
        blockNumber >= range.fromBlock && blockNumber <= range.toBlock
      const hashOf = (block: number): Hash => hashes.get(block) as Hash
      if (isLedgerDataset(dataset)) {
        const spell = ledgerCells(LEDGER_DATASETS[dataset], addresses)
        const rows = ledger[LEDGER_DATASETS[dataset].rows] as readonly { readonly blockNumber: number }[]
        return rows.filter(isInside).map((row) => spell(row, hashOf(row.blockNumber)))
      }
      if (dataset === 'daily') return dailyRows(ledger.snapshots, range, economy)
      if (dataset !== 'statement' || account === undefined) return []
      const spell = statementCells(account, addresses, { balance: 0n, staked: 0n, rewardsPaid: 0n })
      return statementEvents(ledger, account)
        .map((event) => ({ event, cells: spell(event, hashOf(event.row.blockNumber)) }))
        .filter(({ event }) => isInside(event.row))
        .map(({ cells }) => cells)
    },
  }
}

function dailyRows(snapshots: readonly SnapshotRow[], range: ExportRange, { policy }: EconomyFile): Cells[] {
  const closings: DayClosing[] = snapshots
    .filter(({ blockNumber }) => blockNumber <= range.toBlock)
    .map((row) => ({ blockNumber: row.blockNumber, hash: row.hash, timestamp: row.timestamp, economy: row }))
  const historyStart = snapshots[0]?.timestamp ?? 0
  const newest = closings.findLast(({ blockNumber }) => blockNumber < range.fromBlock)
  const days = statedDays({ range, before: newest?.timestamp, historyStart })
  if (days === undefined) return []
  const before = closings.findLast(({ timestamp }) => timestamp < days.first)
  const byDay = new Map(
    closings
      .filter(({ timestamp }) => timestamp >= days.first && timestamp < days.last + 86_400)
      .map((closing) => [intervalStart('DAY', closing.timestamp), closing]),
  )
  return dailyCells(days, historyStart, before, [...byDay.values()], policy)
}

/** What of a history is exported, and how. */
export interface Wanted {
  readonly dataset: DatasetName
  readonly format?: DataFormat
  readonly range?: ExportRange
  readonly account?: Address
  readonly month?: string
}

/** Exports parts of a history into a directory, by the program's own writers. */
export async function exportHistory(
  directory: string,
  history: FoldedHistory,
  wanted: readonly Wanted[],
): Promise<void> {
  const stored = await storeEconomy(directory, history.economy)
  const said = { economy: stored, generator: 'ashao-indexer 0.0.0', partial: [] }
  for (const { dataset, format = 'csv', range = history.range(), account, month } of wanted) {
    const target: ExportTarget = { dataset, format, range, account, month }
    const rows = history.cells(dataset, range, account)
    const content = dataContent(format, columnsOf(dataset), {
      rows: () => inBundles(rows),
      isResumable: false,
    })
    const published = await readManifests(directory)
    await publish(directory, manifestFacts(target, history.economy, said), content, { published })
  }
}

async function* inBundles(rows: readonly Cells[]): AsyncGenerator<readonly Cells[]> {
  for (let start = 0; start < rows.length; start += 7) yield rows.slice(start, start + 7)
}
