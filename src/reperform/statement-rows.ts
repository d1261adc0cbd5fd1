import type { Address } from '../core/address'
import type { ContractAddresses } from '../core/datasets/ledger-cells'
import { type Holdings, statementCells, statementEvents } from '../core/datasets/statement-cells'
import { type BlockRange, isWithin } from './bundle'
import type { RowSource } from './row-source'

const NOTHING: Holdings = { balance: 0n, staked: 0n, rewardsPaid: 0n }

/** One account's statement. What it had before the range is known from its events before it. */
export function statementRows(account: Address, contracts: ContractAddresses, range: BlockRange): RowSource {
  const spell = statementCells(account, contracts, NOTHING)
  return {
    add: ({ ledger, hashOf }) =>
      statementEvents(ledger, account).flatMap((event) => {
        const { blockNumber } = event.row
        const cells = spell(event, hashOf(blockNumber))
        return isWithin(range, blockNumber) ? [cells] : []
      }),
    finish: () => [],
  }
}
