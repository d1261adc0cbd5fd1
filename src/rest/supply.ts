import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import type { AsOfHandler } from './answer-as-of'
import { figureFrame, flatFigures, pick } from './figure-json'
import { json } from './reply'

/** `GET /api/supply`: every supply figure, and the wallets whose tokens do not circulate. */
export const getSupply: AsOfHandler = (reads, config) => async (asOf) => {
  const groups = [['', SUPPLY] as const, ['', pick(STAKING, 'staked', 'stakers')] as const]
  const { economy } = await reads.economyAt(asOf)
  const wallets = await reads.excludedWalletsAt(asOf)
  const units = unitsOf(config)
  return json({
    ...flatFigures(groups, { economy, policy: config.policy }, units),
    excludedWallets: wallets.map(({ balance, ...wallet }) => ({
      ...wallet,
      ...bothSpellings(units.token, { balance }),
    })),
    ...figureFrame(groups, asOf, units),
  })
}
