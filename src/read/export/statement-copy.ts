import type { Address, Hash } from '../../core/address'
import type { Cells } from '../../core/datasets/dataset'
import type { ContractAddresses } from '../../core/datasets/ledger-cells'
import {
  type EventPlace,
  type Holdings,
  type PlacedEvent,
  statementCells,
} from '../../core/datasets/statement-cells'
import { type DatasetCopy, type RowRange, rangeSql } from './ledger-copy'

const PLACE = 'block_number, log_index, timestamp, transaction_hash'

/** How each ledger names an account; its rows in one shape. A transfer to oneself has one row. */
const LEDGERS = [
  ['transfer', '"from", "to", value, from_balance, to_balance', '"from" = $account'],
  ['transfer', '"from", "to", value, from_balance, to_balance', '"to" = $account and "from" <> $account'],
  [
    'burn',
    'burner, null::text, value, burner_balance, null::numeric',
    "burner = $account and evidence = 'BURN'",
  ],
  ['stake', 'action::text, null::text, amount, account_staked, null::numeric', 'account = $account'],
  ['reward', 'account, null::text, amount, account_rewards_paid, null::numeric', 'account = $account'],
] as const

/**
 * A statement that walks everything that names an account in chain order, and the reader of its lines.
 * @param opening what the account had before the first of them
 */
export function statementCopy(
  account: Address,
  range: RowRange,
  contracts: ContractAddresses,
  opening: Holdings,
): DatasetCopy {
  if (!/^0x[0-9a-f]{40}$/.test(account)) throw new TypeError(`${account} is no address`)
  // Each in its order, which is that of an index, and of the same types to the letter: then they are merged, and nothing is
  // sorted however much an account did.
  const walks = LEDGERS.map(
    ([table, columns, condition]) =>
      `(select '${table}'::text as ledger, ${PLACE}, ${columns} from "${table}" as own
       where ${condition.replaceAll('$account', `'${account}'`)} and ${rangeSql(range)}
       order by block_number, log_index)`,
  )
  const cellsOf = statementCells(account, contracts, opening)
  return {
    statement: `copy (
      select ledger, own.block_number, log_index, extract(epoch from own.timestamp)::bigint, transaction_hash, block.hash,
        one, other, amount, figure, other_figure
      from (${walks.join(' union all ')}) as own
        (ledger, block_number, log_index, timestamp, transaction_hash, one, other, amount, figure, other_figure)
      left join snapshot as block on block.block_number = own.block_number
      order by own.block_number, own.log_index) to stdout`,
    cellsOf: (line) => spelled(line.split('\t'), cellsOf),
  }
}

function spelled(fields: readonly string[], cellsOf: ReturnType<typeof statementCells>): Cells {
  const [ledger, blockNumber, logIndex, timestamp, transactionHash, blockHash, one, other, ...amounts] =
    fields
  const [amount, figure, otherFigure] = amounts.map((field) => (field === '\\N' ? null : BigInt(field)))
  if (blockHash === undefined || blockHash === '\\N' || amount == null || figure === undefined) {
    throw new TypeError(`a row of ${ledger} has no value`)
  }
  const place = {
    blockNumber: Number(blockNumber),
    logIndex: Number(logIndex),
    timestamp: Number(timestamp),
    transactionHash: transactionHash as Hash,
  }
  const event = eventOf(ledger, place, { one, other, amount, figure, otherFigure: otherFigure ?? null })
  return cellsOf(event, blockHash as Hash)
}

interface Fields {
  readonly one: string | undefined
  readonly other: string | undefined
  readonly amount: bigint
  readonly figure: bigint | null
  readonly otherFigure: bigint | null
}

function eventOf(ledger: string | undefined, place: EventPlace, fields: Fields): PlacedEvent {
  const { one, other, amount, figure, otherFigure } = fields
  if (ledger === 'transfer') {
    const [from, to] = [one as Address, other as Address]
    const row = { from, to, value: amount, fromBalance: figure, toBalance: otherFigure, ...place }
    return { of: 'transfer', row }
  }
  if (figure === null) throw new TypeError(`a row of ${ledger} has no figure`)
  switch (ledger) {
    case 'burn':
      return { of: 'burn', row: { value: amount, burnerBalance: figure, ...place } }
    case 'stake': {
      if (one !== 'STAKE' && one !== 'UNSTAKE') throw new TypeError(`a stake cannot be ${one}`)
      return { of: 'stake', row: { action: one, amount, accountStaked: figure, ...place } }
    }
    case 'reward':
      return { of: 'reward', row: { amount, accountRewardsPaid: figure, ...place } }
    default:
      throw new TypeError(`there is no ledger ${ledger}`)
  }
}
