import { join } from 'node:path'
import type { EconomyFile } from '../config/economy-file'
import { columnsOf, isLedgerDataset } from '../core/datasets/datasets'
import type { ExportRange } from '../core/datasets/export-range'
import { contractAddresses } from '../core/datasets/ledger-cells'
import {
  ACCOUNTING_FORMATS,
  type AccountingFormat,
  DATA_FORMATS,
  type DataFormat,
  type Manifest,
} from '../export/manifest'
import type { BlockProof } from '../export/proofs/block-proof'
import { dailyRows } from './daily-rows'
import { timeOf } from './range-of'
import { rebuildAccounting } from './rebuild-accounting'
import { rebuildProofs } from './rebuild-proofs'
import { rebuildRows } from './rebuild-rows'
import type { Rebuilding } from './rebuilding'
import { ledgerRows, type RowSource } from './row-source'
import { statementRows } from './statement-rows'

/** What files are made anew with. */
export interface Workshop {
  readonly directory: string
  readonly economy: EconomyFile
  /** Proves the events of a range again. */
  readonly prove: (range: ExportRange) => AsyncIterable<BlockProof>
}

/** Why a file cannot be made anew from the chain; undefined where it can. */
export function reasonNotToRebuild({ dataset }: Manifest): string | undefined {
  return dataset === 'corrections' ? 'what was taken back is known to the service alone' : undefined
}

/**
 * @param manifest of a file for which there is no reason not to
 * @throws TypeError if there is no such file
 */
export function rebuildFile({ directory, economy, prove }: Workshop, manifest: Manifest): Rebuilding {
  const { dataset, format } = manifest
  const path = join(directory, manifest.file)
  if (format === 'proofs') return rebuildProofs(path, manifest, prove)
  if (isOneOf(ACCOUNTING_FORMATS, format)) return rebuildAccounting(path, manifest, format, economy)
  if (!isOneOf(DATA_FORMATS, format) || dataset === 'proofs' || dataset === 'treasury') {
    throw new TypeError(`there is no ${dataset} as ${format}`)
  }
  return rebuildRows({ path, manifest, format, columns: columnsOf(dataset) }, rowSourceOf(manifest, economy))
}

function rowSourceOf(manifest: Manifest, economy: EconomyFile): RowSource {
  const { dataset, account, fromBlock, toBlock } = manifest
  const range = { fromBlock, toBlock }
  if (dataset === 'daily') return dailyRows({ ...range, ...timeOf(manifest) }, economy.policy)
  if (dataset === 'statement' && account !== null) {
    return statementRows(account, contractAddresses(economy.contracts), range)
  }
  if (dataset !== 'proofs' && dataset !== 'treasury' && isLedgerDataset(dataset))
    return ledgerRows(dataset, range)
  throw new TypeError(`there is no ${dataset} of ${account ?? 'nobody'}`)
}

function isOneOf<F extends DataFormat | AccountingFormat>(
  formats: readonly F[],
  format: Manifest['format'],
): format is F {
  return (formats as readonly string[]).includes(format)
}
