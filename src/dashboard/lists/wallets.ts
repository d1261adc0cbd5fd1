import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { useEconomy } from '../data/overview'
import { type EconomyQuery, WalletsDocument } from '../generated'

type Rules = EconomyQuery['economy']

/** Who is who in the economy, by address in lower case: the names of its contracts and wallets. */
export function namesOf(
  {
    treasury,
    buyback,
    staking,
    token,
    stable,
  }: Pick<Rules, 'treasury' | 'buyback' | 'staking' | 'token' | 'stable'>,
  excluded: readonly { readonly address: string; readonly label: string }[],
): ReadonlyMap<string, string> {
  return new Map([
    ...excluded.map(({ address, label }) => [address, label] as const),
    ...treasury.map((address) => [address, 'Treasury'] as const),
    ...buyback.map((address) => [address, 'Buyback wallet'] as const),
    [staking, 'Staking contract'],
    [token.address, `${token.symbol} contract`],
    [stable.address, `${stable.symbol} contract`],
  ])
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** The names of the economy's contracts and wallets; none before they are known. */
export function useWalletNames(): ReadonlyMap<string, string> {
  const economy = useEconomy().answer?.economy
  const wallets = useAnswer('wallets', () => askNewest(WalletsDocument, {}), 'never').answer?.data
  return economy ? namesOf(economy, wallets?.excludedWallets ?? []) : NOBODY
}

interface Asset {
  readonly symbol: string
  readonly decimals: number
}

/** What rewards are paid in. */
export function rewardAsset({ rewardToken, token, stable }: Rules): Asset {
  return rewardToken === 'token' ? token : stable
}
