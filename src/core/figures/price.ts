import type { FigureGroup } from './figure'
import type { Moment } from './moment'

const SOURCE =
  'Transfer events of a buyback address’s payments and purchases; Sync events of the configured Uniswap V2 pair'

/** The newest price of the token. No feed from outside the chain is asked. */
export const PRICE = {
  price: {
    unit: 'price',
    dependsOn: [],
    definition:
      'Stable asset for one whole token, rounded down to 10⁻¹⁸: in the newest executed buyback (paid ÷ got, of one transaction) or in what the configured pair held when a block ended, whichever is newer; of one block, the buyback.',
    source: SOURCE,
    column: 'price',
    value: ({ economy }) => economy.price ?? { unknown: 'NO_PRICE' },
  },
  source: {
    unit: 'text',
    dependsOn: [],
    definition: 'Where that price was seen: BUYBACK or PAIR.',
    source: SOURCE,
    column: 'priceSource',
    value: ({ economy }) => economy.priceSource ?? { unknown: 'NO_PRICE' },
  },
  block: {
    unit: 'block',
    dependsOn: [],
    definition: 'Block that the price was seen in.',
    source: SOURCE,
    column: 'priceBlock',
    value: ({ economy }) => economy.priceBlock ?? { unknown: 'NO_PRICE' },
  },
} as const satisfies FigureGroup<Moment>
