import type { Address } from '../../../core/address'
import { FlowsContradictory } from '../errors'
import type { Flow } from './flow-transaction'

/** What each wallet of the treasury holds of the stable asset, as flows go by. */
export interface WalletBalances {
  /** Wallets in the order of their addresses. */
  list(): readonly (readonly [wallet: string, balance: bigint])[]
  apply(flow: Flow): void
  /**
   * Says what all had together before the flows of a range. What is not known by flows can only be the one wallet's that there
   * is.
   * @throws FlowsContradictory (E7073) if there are several, and their flows say otherwise
   */
  open(total: bigint, block: number): void
}

export function walletBalances(treasury: ReadonlySet<Address>): WalletBalances {
  const balances = new Map<string, bigint>([...treasury].sort().map((wallet) => [wallet, 0n]))
  const add = (wallet: string, amount: bigint): void => {
    const balance = balances.get(wallet)
    if (balance !== undefined) balances.set(wallet, balance + amount)
  }
  return {
    list: () => [...balances],
    apply({ from_address: from, to_address: to, value }) {
      add(from, -BigInt(value))
      add(to, BigInt(value))
    },
    open(treasuryHad, block) {
      let wallets = 0n
      for (const balance of balances.values()) wallets += balance
      const [[only] = [undefined], ...others] = balances
      if (treasuryHad === wallets) return
      if (only === undefined || others.length > 0) {
        throw new FlowsContradictory({ block, wallets, treasury: treasuryHad })
      }
      add(only, treasuryHad - wallets)
    },
  }
}

/** What the treasury had before a flow. */
export function balanceBefore({ direction, value, treasury_balance: after }: Flow): bigint {
  if (direction === 'WITHIN') return BigInt(after)
  return BigInt(after) + (direction === 'IN' ? -BigInt(value) : BigInt(value))
}
