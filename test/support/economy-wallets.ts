import { readFileSync } from 'node:fs'
import type { Address } from 'viem'
import { parse } from 'yaml'

type WalletList = 'treasury' | 'buyback' | 'rewards' | 'internal' | 'bridges' | 'dead'

interface Place {
  readonly address: Address
  readonly startBlock: number
}

interface EconomyYaml {
  readonly contracts: {
    readonly token: Place & { decimals: number }
    readonly stable: Place & { decimals: number; indexedTransfers?: boolean }
    readonly staking: Place & { views?: { totalStaked: string; stakeOf: string } }
    readonly pair?: Place
  }
  readonly wallets: Partial<Record<WalletList, Address[]>> & {
    excluded?: { address: Address; fromBlock: number }[]
  }
}

/** What an economy file says, read by nothing but a YAML parser; addresses of lists in lower case. */
export interface EconomyWallets {
  readonly contracts: EconomyYaml['contracts']
  readonly lists: Record<WalletList, ReadonlySet<string>>
  readonly excluded: readonly { readonly address: string; readonly fromBlock: number }[]
}

export function readEconomyWallets(economyFile: string): EconomyWallets {
  const { contracts, wallets } = parse(readFileSync(economyFile, 'utf8')) as EconomyYaml
  const lower = (list: readonly Address[] = []): Set<string> =>
    new Set(list.map((each) => each.toLowerCase()))
  return {
    contracts,
    lists: {
      treasury: lower(wallets.treasury),
      buyback: lower(wallets.buyback),
      rewards: lower(wallets.rewards ?? [contracts.staking.address]),
      internal: lower(wallets.internal),
      bridges: lower(wallets.bridges),
      dead: lower(wallets.dead),
    },
    excluded: (wallets.excluded ?? []).map(({ address, fromBlock }) => ({
      address: address.toLowerCase(),
      fromBlock,
    })),
  }
}
