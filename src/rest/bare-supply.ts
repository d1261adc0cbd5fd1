import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { formatUnits } from '../core/units'
import { unitsOf } from '../read/units'
import { emptyQuery } from './as-of-query'
import { plainText } from './reply'
import { asOfRoute, type Route } from './route'
import { requireWhole } from './whole-history'
import { decimalText } from './wire-schema'

/** `/api/supply/<name>` in the words of CoinMarketCap and CoinGecko: their total is our outstandingSupply. */
const BARE_FIGURES = {
  total: SUPPLY.outstandingSupply,
  circulating: SUPPLY.circulatingSupply,
  burned: SUPPLY.cumulativeBurn,
  max: SUPPLY.maxSupply,
  staked: STAKING.staked,
  onchain: SUPPLY.totalSupply,
} as const satisfies Record<string, Figure<Moment>>

/** `GET /api/supply/<name>`: just the value, in whole tokens; a bare number cannot say that it lacks history (E5033). */
export const BARE_SUPPLY_ROUTES: readonly Route[] = Object.entries<Figure<Moment>>(BARE_FIGURES).map(
  ([name, figure]) =>
    asOfRoute({
      path: `/api/supply/${name}`,
      operation: `getSupply${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      tag: 'supply',
      summary: `${name} supply, as a bare value`,
      description: `Whole tokens, as text. ${figure.definition} Refused (503, E5033) where its history was left out.`,
      params: emptyQuery,
      query: emptyQuery,
      handler: () => (reads, config) => async (asOf) => {
        requireWhole(asOf, name, figure)
        const { economy } = await reads.economyAt(asOf)
        const value = evaluate(figure, { economy, policy: config.policy })
        if (typeof value !== 'bigint') throw new TypeError(`${name} is no amount`)
        return plainText(formatUnits(value, unitsOf(config).token.decimals))
      },
      answers: [{ status: 200, type: 'text/plain', description: 'The value.', schema: decimalText }],
    }),
)
