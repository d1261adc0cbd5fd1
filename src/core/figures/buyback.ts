import { priceOf } from '../price'
import type { FigureGroup } from './figure'
import type { Moment } from './moment'

/** Buying the token back. A buyback is not a burn: buying and burning can be separate transactions. */
export const BUYBACK = {
  spent: {
    unit: 'stable',
    dependsOn: ['stable'],
    definition: 'Σ stable asset that the treasury sent to the configured buyback addresses.',
    source: 'Transfer events of the stable asset from a treasury wallet; wallets.buyback',
    column: 'treasuryOutflowBuyback',
    value: ({ economy }) => economy.treasuryOutflowBuyback,
  },
  burned: {
    unit: 'token',
    dependsOn: ['token'],
    definition: 'Σ tokens that the configured buyback addresses burned.',
    source: 'Burns of the token; wallets.buyback',
    column: 'burnedByBuyback',
    value: ({ economy }) => economy.burnedByBuyback,
  },
  averagePrice: {
    unit: 'price',
    dependsOn: ['token', 'stable'],
    needsWholeHistory: true,
    definition: 'spent ÷ burned: what a burned token has cost the treasury.',
    source: 'spent and burned',
    value: ({ economy, policy }) =>
      economy.burnedByBuyback > 0n
        ? priceOf(economy.treasuryOutflowBuyback, economy.burnedByBuyback, policy)
        : { unknown: 'NO_BUYBACK' },
  },
  paid: {
    unit: 'stable',
    dependsOn: ['stable', 'token'],
    definition:
      'Σ stable asset that buyback addresses paid in executed buybacks: transactions in which they paid it and got tokens. At most spent, unless they had more.',
    source: 'Transfer events of the stable asset and of the token with a buyback address on one side',
    column: 'buybackPaid',
    value: ({ economy }) => economy.buybackPaid,
  },
  bought: {
    unit: 'token',
    dependsOn: ['stable', 'token'],
    definition:
      'Σ tokens that buyback addresses got in executed buybacks. What they did not burn of it they still hold, or passed on, such as to a dead address.',
    source: 'Transfer events of the stable asset and of the token with a buyback address on one side',
    column: 'buybackBought',
    value: ({ economy }) => economy.buybackBought,
  },
} as const satisfies FigureGroup<Moment>
