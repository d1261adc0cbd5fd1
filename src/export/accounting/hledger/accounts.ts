import type { FlowPurpose } from '../../../core/ledger'
import type { Policy } from '../../../core/policy'

/** All wallets of the treasury together. */
export const TREASURY = 'assets:treasury'
/** Where a journal that begins in the midst of history takes what was there already. */
export const OPENING = 'equity:opening balances'

/** What the treasury gets from, and gives for. */
export const COUNTERPARTS: Readonly<Record<FlowPurpose, string>> = {
  REVENUE: 'income:revenue',
  INTERNAL: 'equity:internal',
  BUYBACK: 'expenses:buyback',
  REWARDS: 'expenses:rewards',
  OTHER: 'expenses:other',
}

/** Beside the treasury’s books, since buyback wallets are not the treasury: what they paid, got for it, and burned. */
export const MEMO = {
  paid: 'memo:buyback:paid',
  bought: 'memo:buyback:bought',
  burned: 'memo:burn:burned',
  supply: 'memo:burn:supply',
} as const

/** One wallet of the treasury. */
export function walletAccount(wallet: string): string {
  return `${TREASURY}:${wallet}`
}

/** The lines that declare every account that a journal may use: `--strict` refuses others. */
export function accountDirectives({ treasury }: Policy): string {
  const declared: readonly (readonly [account: string, type: string])[] = [
    [TREASURY, 'Asset'],
    ...[...treasury].sort().map((wallet) => [walletAccount(wallet), 'Asset'] as const),
    [COUNTERPARTS.REVENUE, 'Revenue'],
    [COUNTERPARTS.INTERNAL, 'Equity'],
    [OPENING, 'Equity'],
    [COUNTERPARTS.BUYBACK, 'Expense'],
    [COUNTERPARTS.REWARDS, 'Expense'],
    [COUNTERPARTS.OTHER, 'Expense'],
    ...Object.values(MEMO).map((account) => [account, 'Equity'] as const),
  ]
  return declared.map(([account, type]) => `account ${account}  ; type:${type}\n`).join('')
}
