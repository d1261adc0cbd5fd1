import { OPENING, TREASURY, walletAccount } from './accounts'
import { amountOf, type Commodity } from './commodity'
import { holds } from './flow-transaction'
import { transactionText } from './transaction'

/** What the wallets had before the first flow of a journal; none where they had nothing. */
export function openingTransactions(
  balances: readonly (readonly [wallet: string, balance: bigint])[],
  date: string,
  stable: Commodity,
): string[] {
  const held = balances.filter(([, balance]) => balance !== 0n)
  if (held.length === 0) return []
  const total = held.reduce((sum, [, balance]) => sum + balance, 0n)
  const postings = held.map(([wallet, balance]) => ({
    account: walletAccount(wallet),
    amount: amountOf(balance, stable),
  }))
  return [
    transactionText({
      date,
      description: 'opening balances',
      tags: [],
      postings: [
        ...postings,
        { account: OPENING, amount: amountOf(-total, stable) },
        holds(TREASURY, total, stable, '=*'),
      ],
    }),
  ]
}
