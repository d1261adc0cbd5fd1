import type { EconomyFile } from '../../config/economy-file'
import type { Address } from '../../core/address'
import type { ExportRange } from '../../core/datasets/export-range'
import { formatUnits } from '../../core/units'
import { accountMovements } from './account-movements'
import type { AccountingSource } from './accounting-source'
import { ENTERING, type MovementKind } from './movement'
import { foreignColumn, movementsCsv } from './movements-csv'

const COLUMNS = [
  foreignColumn('Koinly Date', 'text'),
  foreignColumn('Amount', 'fixed'),
  foreignColumn('Currency', 'text'),
  foreignColumn('Label', 'text'),
  foreignColumn('TxHash', 'text'),
]

/**
 * Koinly's tags. Without one, Koinly takes what enters for a purchase at the market’s price and what leaves for a sale. What
 * was burned is gone for nothing; what was staked is in the pool and comes back from it.
 */
const LABELS: Readonly<Record<MovementKind, string | null>> = {
  MINTED: null,
  RECEIVED: null,
  SENT: null,
  BURNED: 'Lost',
  STAKED: 'Add to Pool',
  UNSTAKED: 'Remove from Pool',
  REWARDED: 'Reward',
}

/** What moved into and out of an account’s wallet, for Koinly’s simple template: what leaves is negative. */
export function koinlyFile(
  source: AccountingSource,
  range: ExportRange,
  economy: EconomyFile,
  account: Address,
): AsyncGenerator<Uint8Array, number> {
  const movements = accountMovements(source, range, economy, account)
  return movementsCsv(
    COLUMNS,
    ({ kind, asset, amount, entry }) => {
      const { symbol, decimals } = economy.contracts[asset]
      const { block_timestamp: time, transaction_hash: hash } = entry
      const signed = ENTERING.has(kind) ? amount : -amount
      return [koinlyDate(time), formatUnits(signed, decimals), symbol, LABELS[kind], hash]
    },
    movements,
  )
}

/** `2026-01-31T23:59:59Z` as `2026-01-31 23:59:59 UTC`. */
function koinlyDate(time: string): string {
  return time.replace('T', ' ').replace('Z', ' UTC')
}
