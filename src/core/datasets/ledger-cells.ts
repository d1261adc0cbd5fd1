import type { Address, Hash } from '../address'
import type { Cells, LedgerColumn, LedgerDataset } from './dataset'
import { spellCell } from './spell-cell'

export { spellCell }

/** The contracts of an economy; `reward` is the one that rewards are paid in. */
export interface ContractAddresses {
  readonly token: Address
  readonly staking: Address
  readonly stable: Address
  readonly reward: Address
}

/** The contracts of an economy file. */
export function contractAddresses(contracts: {
  readonly token: { readonly address: Address }
  readonly staking: { readonly address: Address; readonly rewardToken: 'stable' | 'token' }
  readonly stable: { readonly address: Address }
}): ContractAddresses {
  const { token, staking, stable } = contracts
  return {
    token: token.address,
    staking: staking.address,
    stable: stable.address,
    reward: contracts[staking.rewardToken].address,
  }
}

/** How a row of the fold's ledger is spelled as a row of a file. */
export function ledgerCells(
  dataset: LedgerDataset,
  contracts: ContractAddresses,
): (row: object, blockHash: Hash) => Cells {
  const spellers = dataset.columns.map((column) => spellerOf(column, contracts))
  return (row, blockHash) =>
    spellers.map((spell) => spell(row as Readonly<Record<string, unknown>>, blockHash))
}

type Speller = (row: Readonly<Record<string, unknown>>, blockHash: Hash) => string | null

function spellerOf({ origin, kind, name, isNullable }: LedgerColumn, contracts: ContractAddresses): Speller {
  switch (origin.of) {
    case 'contract':
      return () => contracts[origin.contract]
    case 'blockHash':
      return (_, blockHash) => blockHash
    case 'row':
      return (row) => {
        const value = row[origin.field]
        if (value === null && !isNullable) throw new TypeError(`a row has no value for column ${name}`)
        return spellCell(value, kind)
      }
  }
}
