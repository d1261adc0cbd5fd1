import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY } from '../core/figures/treasury'
import { WINDOW } from '../core/figures/window'
import { isUnknown } from '../core/known'
import type { SeriesPoint } from '../core/series-points'
import type { Units } from '../read/units'
import { decimalFigure, symbolOf } from './decimal-figure'

/** Lengths of a period, as Blockscout calls them. */
export const RESOLUTIONS = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** A figure by period: as the period closed, or what happened in it. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly figure: Figure<never>
  /** What is counted, where it is no asset. */
  readonly counted?: string
  /** In whole units; undefined where there is none. */
  readonly valueOf: (point: SeriesPoint, units: Units) => string | undefined
}

type Titled = Pick<Chart, 'id' | 'title' | 'counted'>

const chart = <Input extends SeriesPoint['span'] | Moment>(
  titled: Titled,
  figure: Figure<Input>,
  inputOf: (point: SeriesPoint) => Input,
): Chart => ({
  ...titled,
  figure,
  valueOf: (point, units) => {
    const value = evaluate(figure, inputOf(point))
    return isUnknown(value) ? undefined : decimalFigure(figure.unit, value, units)
  },
})

const closing = (figure: Figure<Moment>, titled: Titled): Chart =>
  chart(titled, figure, ({ closing, span }) => ({
    economy: closing.economy,
    policy: span.policy,
  }))

const change = (figure: Figure<SeriesPoint['span']>, titled: Titled): Chart =>
  chart(titled, figure, ({ span }) => span)

interface Section {
  readonly id: string
  readonly title: string
  readonly charts: readonly Chart[]
}

/** Charts by section. Ids are the names that the figures have in REST: closing values in series, changes in windows. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'supply',
    title: 'Supply',
    charts: [
      closing(SUPPLY.totalSupply, { id: 'totalSupply', title: 'Total supply' }),
      closing(SUPPLY.circulatingSupply, { id: 'circulatingSupply', title: 'Circulating supply' }),
      closing(SUPPLY.cumulativeBurn, { id: 'cumulativeBurn', title: 'Burned so far' }),
      change(WINDOW.burned, { id: 'burned', title: 'Burned' }),
      closing(SUPPLY.holders, { id: 'holders', title: 'Holders', counted: 'accounts' }),
      change(WINDOW.transfers, { id: 'transfers', title: 'Transfers', counted: 'transfers' }),
    ],
  },
  {
    id: 'staking',
    title: 'Staking',
    charts: [
      closing(STAKING.staked, { id: 'staked', title: 'Staked' }),
      closing(STAKING.stakers, { id: 'stakers', title: 'Stakers', counted: 'accounts' }),
      change(WINDOW.rewardsPaid, { id: 'rewardsPaid', title: 'Rewards paid' }),
    ],
  },
  {
    id: 'treasury',
    title: 'Treasury',
    charts: [
      closing(TREASURY.balance, { id: 'treasuryBalance', title: 'Treasury' }),
      closing(TREASURY.revenue, { id: 'treasuryRevenue', title: 'Revenue so far' }),
      change(WINDOW.revenue, { id: 'revenue', title: 'Revenue' }),
      change(WINDOW.buybackSpent, { id: 'buybackSpent', title: 'Spent on buybacks' }),
      change(WINDOW.rewardsFunded, { id: 'rewardsFunded', title: 'Rewards funded' }),
    ],
  },
]

/** What is said of a chart beside its points, and in the list of all. */
export function chartInfo({ id, title, figure, counted }: Chart, units: Units) {
  const unit = counted ?? symbolOf(figure.unit, units) ?? ''
  return { id, title, description: figure.definition, units: unit, resolutions: RESOLUTIONS }
}
