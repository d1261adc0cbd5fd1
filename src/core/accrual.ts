import type { Economy } from './economy'

/** The integrals over time that grow while nothing happens. */
export type Accrued = Pick<Economy, 'stakeSeconds' | 'unpricedStakeSeconds' | 'stakeValueSeconds'>

/**
 * The integrals after `seconds` in which stake and price stayed as they are in `economy`.
 * @param economy figures at the last snapshot; between two snapshots nothing changes
 */
export function accrue(economy: Economy, seconds: number): Accrued {
  const { staked, price } = economy
  const stakeSeconds = staked * BigInt(seconds)
  return {
    stakeSeconds: economy.stakeSeconds + stakeSeconds,
    unpricedStakeSeconds: economy.unpricedStakeSeconds + (price === null ? stakeSeconds : 0n),
    stakeValueSeconds: economy.stakeValueSeconds + (price === null ? 0n : stakeSeconds * price),
  }
}
