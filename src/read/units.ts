import type { EconomyFile } from '../config/economy-file'

/** How base units of an asset are shown: `decimals` digits after the point, with this symbol. */
export interface Unit {
  readonly symbol: string
  readonly decimals: number
}

/** The units of an economy's amounts: supply and stake, treasury, rewards. */
export interface Units {
  readonly token: Unit
  readonly stable: Unit
  /** The token or the stable asset, as configured. */
  readonly reward: Unit
}

/** The units that an economy file declares. */
export function unitsOf({ contracts }: EconomyFile): Units {
  const token = { symbol: contracts.token.symbol, decimals: contracts.token.decimals }
  const stable = { symbol: contracts.stable.symbol, decimals: contracts.stable.decimals }
  return { token, stable, reward: contracts.staking.rewardToken === 'token' ? token : stable }
}
