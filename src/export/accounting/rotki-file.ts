import { getAddress } from 'viem'
import type { EconomyFile } from '../../config/economy-file'
import type { Address } from '../../core/address'
import type { ExportRange } from '../../core/datasets/export-range'
import { formatUnits } from '../../core/units'
import { accountMovements } from './account-movements'
import type { AccountingSource } from './accounting-source'
import type { MovementKind } from './movement'
import { foreignColumn, movementsCsv } from './movements-csv'

const COLUMNS = [
  foreignColumn('Type', 'text'),
  foreignColumn('Location', 'text'),
  foreignColumn('Currency', 'text'),
  foreignColumn('Amount', 'fixed'),
  foreignColumn('Fee', 'fixed'),
  foreignColumn('Fee Currency', 'text'),
  foreignColumn('Description', 'text'),
  foreignColumn('Timestamp', 'integer'),
]

/**
 * rotki’s types of generic events: Deposit puts an asset into a protocol and Withdrawal takes it back, neither of which changes
 * what one owns; Staking is a reward.
 */
const TYPES: Readonly<Record<MovementKind, string>> = {
  MINTED: 'Income',
  RECEIVED: 'Income',
  SENT: 'Spend',
  BURNED: 'Loss',
  STAKED: 'Deposit',
  UNSTAKED: 'Withdrawal',
  REWARDED: 'Staking',
}

const DESCRIPTIONS: Readonly<Record<MovementKind, string>> = {
  MINTED: 'Minted',
  RECEIVED: 'Received from',
  SENT: 'Sent to',
  BURNED: 'Burned',
  STAKED: 'Staked with',
  UNSTAKED: 'Unstaked from',
  REWARDED: 'Staking reward',
}

/** Of all locations that rotki knows, the one that every chain can have. */
const LOCATION = 'external'

/** What moved into and out of an account’s wallet, for rotki’s import of generic events. */
export function rotkiFile(
  source: AccountingSource,
  range: ExportRange,
  economy: EconomyFile,
  account: Address,
): AsyncGenerator<Uint8Array, number> {
  const { chain, contracts } = economy
  // rotki compares identifiers letter by letter, and spells addresses with their EIP-55 checksum.
  const assetOf = (address: Address) => `eip155:${chain.id}/erc20:${getAddress(address)}`
  const assets = { token: assetOf(contracts.token.address), stable: assetOf(contracts.stable.address) }
  return movementsCsv(
    COLUMNS,
    ({ kind, asset, amount, entry }) => {
      const { block_timestamp: time, transaction_hash: hash, counterparty, log_index: log } = entry
      const party = counterparty === null || kind === 'BURNED' ? '' : ` ${counterparty}`
      return [
        TYPES[kind],
        LOCATION,
        assets[asset],
        formatUnits(amount, contracts[asset].decimals),
        null,
        null,
        `${DESCRIPTIONS[kind]}${party} in transaction ${hash} (log ${log})`,
        String(Date.parse(time)),
      ]
    },
    accountMovements(source, range, economy, account),
  )
}
