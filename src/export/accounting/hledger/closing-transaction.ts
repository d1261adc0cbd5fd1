import type { ExportRange } from '../../../core/datasets/export-range'
import { isoOf } from '../../../core/iso-time'
import type { AccountingSource } from '../accounting-source'
import { pickColumns } from '../pick-columns'
import { COUNTERPARTS, MEMO, TREASURY, walletAccount } from './accounts'
import type { Commodities } from './commodity'
import { dateOf } from './event-transaction'
import { holds } from './flow-transaction'
import { transactionText } from './transaction'
import type { WalletBalances } from './wallet-balances'

/** The figures at the end of the range. */
export type Closing = ReturnType<typeof pickClosing>

const pickClosing = pickColumns('snapshots', [
  'treasury_balance',
  'treasury_revenue',
  'treasury_internal_inflow',
  'treasury_outflow_buyback',
  'treasury_outflow_rewards',
  'treasury_outflow_other',
  'burned_by_buyback',
])

/** @throws TypeError if the range's last block has no snapshot: a range ends with one */
export async function readClosing(source: AccountingSource, range: ExportRange): Promise<Closing> {
  const closings: Closing[] = []
  for await (const rows of source.rows('snapshots', { ...range, fromBlock: range.toBlock })) {
    closings.push(...rows.map(pickClosing))
  }
  const [closing] = closings
  if (closing === undefined || closings.length > 1) throw new TypeError('the last block has not one snapshot')
  return closing
}

/**
 * Moves nothing, and states what everything has to hold at the end: the treasury in any case; where the journal has the whole
 * history, also what came and went by purpose.
 */
export function closingTransaction(
  closing: Closing,
  balances: WalletBalances,
  { toBlock, toBlockHash, toTimestamp }: ExportRange,
  { stable, token }: Commodities,
  isWhole: boolean,
): string {
  const time = isoOf(toTimestamp)
  const figure = (column: keyof Closing) => BigInt(closing[column])
  return transactionText({
    date: dateOf(time),
    description: 'closing balances',
    tags: [{ block: `${toBlock}`, time }, { hash: toBlockHash }],
    postings: [
      ...balances.list().map(([wallet, balance]) => holds(walletAccount(wallet), balance, stable)),
      holds(TREASURY, figure('treasury_balance'), stable, '=*'),
      ...(isWhole
        ? [
            holds(COUNTERPARTS.REVENUE, -figure('treasury_revenue'), stable),
            holds(COUNTERPARTS.INTERNAL, -figure('treasury_internal_inflow'), stable),
            holds(COUNTERPARTS.BUYBACK, figure('treasury_outflow_buyback'), stable),
            holds(COUNTERPARTS.REWARDS, figure('treasury_outflow_rewards'), stable),
            holds(COUNTERPARTS.OTHER, figure('treasury_outflow_other'), stable),
            { ...holds(MEMO.burned, figure('burned_by_buyback'), token), isMemo: true },
          ]
        : []),
    ],
  })
}
