import { z } from 'zod'
import { BUYBACK } from '../core/figures/buyback'
import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY } from '../core/figures/treasury'
import { isUnknown } from '../core/known'
import { isPartial } from '../read/as-of'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { decimalFigure, symbolOf } from './decimal-figure'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { decimalText } from './wire-schema'

interface Counter {
  readonly id: string
  readonly title: string
  readonly figure: Figure<Moment>
  /** What is counted, where it is no asset. */
  readonly counted?: string
}

/** Figures that explorers show as one number, by the names that they have in REST. */
const COUNTERS: readonly Counter[] = [
  { id: 'totalSupply', title: 'Total supply', figure: SUPPLY.totalSupply },
  { id: 'circulatingSupply', title: 'Circulating supply', figure: SUPPLY.circulatingSupply },
  { id: 'cumulativeBurn', title: 'Burned', figure: SUPPLY.cumulativeBurn },
  { id: 'holders', title: 'Holders', figure: SUPPLY.holders, counted: 'accounts' },
  { id: 'staked', title: 'Staked', figure: STAKING.staked },
  { id: 'stakers', title: 'Stakers', figure: STAKING.stakers, counted: 'accounts' },
  { id: 'rewardsPaid', title: 'Rewards paid', figure: STAKING.rewardsPaid },
  { id: 'treasuryBalance', title: 'Treasury', figure: TREASURY.balance },
  { id: 'treasuryRevenue', title: 'Revenue', figure: TREASURY.revenue },
  { id: 'buybackSpent', title: 'Spent on buybacks', figure: BUYBACK.spent },
  { id: 'price', title: 'Price', figure: PRICE.price },
]

const getCounters: AsOfHandler = (reads, config) => async (asOf) => {
  const { economy } = await reads.economyAt(asOf)
  const units = unitsOf(config)
  const counters = COUNTERS.flatMap(({ id, title, figure, counted }) => {
    const value = evaluate(figure, { economy, policy: config.policy })
    // The format has no null and no mark of partial history: what cannot be said in it is left out.
    if (isUnknown(value) || isPartial(asOf, figure.dependsOn)) return []
    const unit = counted ?? symbolOf(figure.unit, units) ?? ''
    return [
      {
        id,
        value: decimalFigure(figure.unit, value, units),
        title,
        units: unit,
        description: figure.definition,
      },
    ]
  })
  return json({ counters })
}

const counterSchema = z.strictObject({
  id: z.enum(COUNTERS.map(({ id }) => id)),
  value: decimalText.describe('In whole units.'),
  title: z.string(),
  units: z.string().describe('Symbol of the asset, or what is counted.'),
  description: z.string().describe('The figure’s definition.'),
})

/** Figures as the stats service of Blockscout answers counters. */
export const BLOCKSCOUT_COUNTERS_ROUTE = asOfRoute({
  path: '/api/v1/counters',
  operation: 'getCounters',
  tag: 'explorers',
  summary: 'Counters, as Blockscout’s stats service answers them',
  description: `${COUNTERS.map(({ id, figure }) => `\`${id}\`: ${figure.definition}`).join('\n\n')}\n\nA figure that is not known, or lacks history, is left out: the format has no null.`,
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getCounters,
  answers: [jsonAnswer(z.strictObject({ counters: z.array(counterSchema) }), 'The counters.')],
})
