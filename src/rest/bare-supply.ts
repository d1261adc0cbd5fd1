import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { formatUnits } from '../core/units'
import { isPartial } from '../read/as-of'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { HistoryPartial } from './errors'
import { plainText } from './reply'

/** `/api/supply/<name>` in the words of CoinMarketCap and CoinGecko: their total is our outstandingSupply. */
export const BARE_FIGURES = {
  total: SUPPLY.outstandingSupply,
  circulating: SUPPLY.circulatingSupply,
  burned: SUPPLY.cumulativeBurn,
  max: SUPPLY.maxSupply,
  staked: STAKING.staked,
  onchain: SUPPLY.totalSupply,
} as const satisfies Record<string, Figure<Moment>>

export type BareFigureName = keyof typeof BARE_FIGURES

/**
 * `GET /api/supply/<name>`: just the value, in whole tokens.
 * @throws HistoryPartial (E5033): a bare number cannot say that it lacks history.
 */
export const getBareFigure =
  (name: BareFigureName): AsOfHandler =>
  (reads, config) =>
  async (asOf) => {
    const figure: Figure<Moment> = BARE_FIGURES[name]
    if (isPartial(asOf, figure.dependsOn)) {
      const contracts = figure.dependsOn.filter((contract) => asOf.partial.includes(contract))
      throw new HistoryPartial({ figure: name, contracts })
    }
    const { economy } = await reads.economyAt(asOf)
    const value = evaluate(figure, { economy, policy: config.policy })
    if (typeof value !== 'bigint') throw new TypeError(`${name} is no amount`)
    return plainText(formatUnits(value, unitsOf(config).token.decimals))
  }
