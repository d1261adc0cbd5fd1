import type { EconomyFile } from '../config/economy-file'
import type { Economy } from '../core/economy'
import type { ContractName } from '../core/events'
import type { Policy } from '../core/policy'
import { formatUnits } from '../core/units'
import { type AsOf, isPartial } from '../read/as-of'
import { asOfJson } from '../read/as-of-json'
import type { Reads } from '../read/reads'
import { unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import { HistoryPartial } from './errors'
import { json, plainText, type Reply } from './reply'

/** `GET /api/supply`: every supply figure, in the token, as base units and as `<name>Decimal`. */
export const getSupply =
  (reads: Reads, config: EconomyFile) =>
  async (asOf: AsOf): Promise<Reply> => {
    const { economy } = await reads.economyAt(asOf)
    const { token } = unitsOf(config)
    return json({
      ...bothSpellings(token, {
        totalSupply: economy.totalSupply,
        outstandingSupply: economy.outstandingSupply,
        circulatingSupply: economy.circulatingSupply,
        maxSupply: config.policy.maxSupply,
        minted: economy.minted,
        destroyed: economy.destroyed,
        cumulativeBurn: economy.cumulativeBurn,
        burnedByBuyback: economy.burnedByBuyback,
        burnedByBridge: economy.burnedByBridge,
        burnedByOther: economy.burnedByOther,
        deadBurn: economy.deadBurn,
        excludedBalance: economy.excludedBalance,
        staked: economy.staked,
      }),
      holders: economy.holders,
      stakers: economy.stakers,
      tokenSymbol: token.symbol,
      tokenDecimals: token.decimals,
      partial: isPartial(asOf, ['token', 'staking']),
      asOf: asOfJson(asOf),
    })
  }

interface BareFigure {
  /** Contracts that must be indexed from their start for the figure to be true. */
  readonly dependsOn: readonly ContractName[]
  readonly value: (economy: Economy, policy: Policy) => bigint
}

/** `/api/supply/<name>` in the words of CoinMarketCap and CoinGecko: their total is our outstandingSupply. */
export const BARE_FIGURES = {
  total: { dependsOn: ['token'], value: (economy) => economy.outstandingSupply },
  circulating: { dependsOn: ['token'], value: (economy) => economy.circulatingSupply },
  burned: { dependsOn: ['token'], value: (economy) => economy.cumulativeBurn },
  max: { dependsOn: [], value: (_, policy) => policy.maxSupply },
  staked: { dependsOn: ['staking'], value: (economy) => economy.staked },
  onchain: { dependsOn: ['token'], value: (economy) => economy.totalSupply },
} as const satisfies Record<string, BareFigure>

export type BareFigureName = keyof typeof BARE_FIGURES

/**
 * `GET /api/supply/<name>`: just the value, in whole tokens.
 * @throws HistoryPartial (E5033): a bare number cannot say that it lacks history.
 */
export const getBareFigure =
  (name: BareFigureName) =>
  (reads: Reads, config: EconomyFile) =>
  async (asOf: AsOf): Promise<Reply> => {
    const { dependsOn, value }: BareFigure = BARE_FIGURES[name]
    if (isPartial(asOf, dependsOn)) {
      throw new HistoryPartial({
        figure: name,
        contracts: dependsOn.filter((contract) => asOf.partial.includes(contract)),
      })
    }
    const { economy } = await reads.economyAt(asOf)
    return plainText(formatUnits(value(economy, config.policy), config.contracts.token.decimals))
  }
