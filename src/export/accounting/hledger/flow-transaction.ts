import type { FlowPurpose } from '../../../core/ledger'
import { pickColumns } from '../pick-columns'
import { COUNTERPARTS, TREASURY, walletAccount } from './accounts'
import { amountOf, type Commodity } from './commodity'
import { eventTransaction } from './event-transaction'
import type { Posting } from './transaction'

/** A treasury flow, as its dataset spells it. */
export type Flow = ReturnType<typeof pickFlow>

export const pickFlow = pickColumns('treasury_flows', [
  'block_number',
  'log_index',
  'block_timestamp',
  'transaction_hash',
  'from_address',
  'to_address',
  'value',
  'direction',
  'purpose',
  'treasury_balance',
])

const DESCRIPTIONS: Readonly<Record<FlowPurpose, string>> = {
  REVENUE: 'revenue',
  INTERNAL: 'internal',
  BUYBACK: 'buyback',
  REWARDS: 'rewards',
  OTHER: 'other',
}

/** A flow as a transaction, after which the treasury as a whole has to hold what the ledger says. */
export function flowTransaction(flow: Flow, stable: Commodity): string {
  const { from_address: from, to_address: to, direction } = flow
  const purpose = flow.purpose as FlowPurpose
  const value = BigInt(flow.value)
  const counterpart = COUNTERPARTS[purpose]
  // What goes from one wallet of the treasury to another is booked with both, and changes nothing else.
  const postings: Posting[] = [
    { account: direction === 'IN' ? counterpart : walletAccount(from), amount: amountOf(-value, stable) },
    { account: direction === 'OUT' ? counterpart : walletAccount(to), amount: amountOf(value, stable) },
    holds(TREASURY, BigInt(flow.treasury_balance), stable, '=*'),
  ]
  const description = direction === 'WITHIN' ? 'within the treasury' : DESCRIPTIONS[purpose]
  return eventTransaction(flow, description, { from, to }, postings).text
}

/** An assertion alone: of an account, or with `=*` of it and all below it. */
export function holds(account: string, units: bigint, commodity: Commodity, sign: '=' | '=*' = '='): Posting {
  return { account, amount: amountOf(0n, commodity), assertion: `${sign} ${amountOf(units, commodity)}` }
}
