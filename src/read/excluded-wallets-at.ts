import type { Address } from '../core/address'
import type { Policy } from '../core/policy'
import { accountAt } from './account-at'
import type { AsOf } from './as-of'
import type { RunQuery } from './row'

/** A wallet whose tokens do not circulate at a block. */
export interface ExcludedWalletAt {
  readonly address: Address
  readonly label: string
  /** Block from which on it is excluded; null for the treasury's and the dead ones, which never circulated. */
  readonly fromBlock: number | null
  /** Token base units. */
  readonly balance: bigint
}

/** The wallets that do not circulate at a block, with their balances there: what `excludedBalance` is the sum of. */
export async function excludedWalletsAt(
  query: RunQuery,
  asOf: AsOf,
  { treasury, dead, excluded }: Policy,
): Promise<readonly ExcludedWalletAt[]> {
  const always = (wallets: ReadonlySet<Address>, label: string) =>
    [...wallets].map((address) => ({ address, label, fromBlock: null }))
  const wallets = [
    ...always(treasury, 'Treasury'),
    ...excluded.filter(({ fromBlock }) => fromBlock <= asOf.block),
    ...always(dead, 'Dead address'),
  ]
  const found: ExcludedWalletAt[] = []
  for (const { address, label, fromBlock } of wallets) {
    const { balance } = await accountAt(query, asOf, address)
    found.push({ address, label, fromBlock, balance })
  }
  return found
}
