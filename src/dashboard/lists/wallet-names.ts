import type { EconomyQuery } from '../generated'

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

interface Asset {
  readonly symbol: string
  readonly decimals: number
}

/** What rewards are paid in. */
export function rewardAsset({
  rewardToken,
  token,
  stable,
}: Pick<Rules, 'rewardToken' | 'token' | 'stable'>): Asset {
  return rewardToken === 'token' ? token : stable
}
