import type { Economy } from '../economy'
import { evaluate, type Figure, type FigureUnit, type FigureValue } from '../figures/figure'
import type { Moment } from '../figures/moment'
import { PRICE } from '../figures/price'
import { STAKING } from '../figures/staking'
import { SUPPLY } from '../figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../figures/treasury'
import { WINDOW } from '../figures/window'
import type { Known } from '../known'
import type { Policy } from '../policy'
import type { SeriesPoint } from '../series-points'
import type { Span } from '../window'
import type { DatasetColumn } from './dataset'
import { figureColumn } from './figure-column'

/** A column of a day, and how its figure comes about. */
export interface DailyFigure extends DatasetColumn {
  readonly value: (point: SeriesPoint, policy: Policy) => Known<FigureValue>
}

/** How a figure stood when the day ended. */
function closing(name: string, figure: Figure<Moment>, isNullable?: boolean): DailyFigure {
  const { description, ...column } = figureColumn(name, figure, isNullable)
  return {
    ...column,
    description: `At the end of the day: ${description}`,
    value: ({ span }, policy) => evaluate(figure, { economy: span.closing, policy }),
  }
}

/** What a figure of a window comes out as where the window is the day. */
function ofDay(name: string, figure: Figure<Span>, isNullable?: boolean): DailyFigure {
  const { description, ...column } = figureColumn(name, figure, isNullable)
  return {
    ...column,
    description: `Of the day alone: ${description.replaceAll('the window', 'the day')}`,
    value: ({ span }) => evaluate(figure, span),
  }
}

/** By how much a figure grew in the day that never shrinks. */
function growth(name: string, unit: FigureUnit, field: keyof Economy): DailyFigure {
  return {
    ...figureColumn(name, { unit, definition: `Of the day alone: growth of ${field}.` }),
    value: ({ span }) => {
      const [before, after] = [span.opening[field], span.closing[field]]
      if (typeof before === 'bigint' && typeof after === 'bigint') return after - before
      if (typeof before === 'number' && typeof after === 'number') return after - before
      throw new TypeError(`${field} does not grow`)
    },
  }
}

/** The figures of a day: first how they stood at its end, then what happened in it. */
export const DAILY_FIGURES: readonly DailyFigure[] = [
  closing('minted', SUPPLY.minted),
  closing('destroyed', SUPPLY.destroyed),
  closing('total_supply', SUPPLY.totalSupply),
  closing('cumulative_burn', SUPPLY.cumulativeBurn),
  closing('dead_burn', SUPPLY.deadBurn),
  closing('outstanding_supply', SUPPLY.outstandingSupply),
  closing('circulating_supply', SUPPLY.circulatingSupply),
  closing('liquid_float', SUPPLY.liquidFloat),
  closing('holders', SUPPLY.holders),
  closing('staked', STAKING.staked),
  closing('stakers', STAKING.stakers),
  closing('staking_ratio', STAKING.stakingRatio),
  closing('rewards_paid', STAKING.rewardsPaid),
  closing('treasury_balance', TREASURY.balance),
  closing('treasury_revenue', TREASURY.revenue),
  closing('treasury_internal_inflow', TREASURY.internalInflow),
  closing('treasury_outflow_buyback', TREASURY_OUTFLOW.buyback),
  closing('treasury_outflow_rewards', TREASURY_OUTFLOW.rewards),
  closing('treasury_outflow_other', TREASURY_OUTFLOW.other),
  closing('price', PRICE.price, true),
  closing('price_source', PRICE.source, true),
  growth('day_events', 'count', 'eventCount'),
  ofDay('day_transfers', WINDOW.transfers),
  growth('day_minted', 'token', 'minted'),
  growth('day_destroyed', 'token', 'destroyed'),
  ofDay('day_burned', WINDOW.burned),
  ofDay('day_buyback_burned', WINDOW.buybackBurned),
  ofDay('day_revenue', WINDOW.revenue),
  growth('day_internal_inflow', 'stable', 'treasuryInternalInflow'),
  ofDay('day_buyback_spent', WINDOW.buybackSpent),
  ofDay('day_rewards_funded', WINDOW.rewardsFunded),
  growth('day_other_outflow', 'stable', 'treasuryOutflowOther'),
  ofDay('day_rewards_paid', WINDOW.rewardsPaid),
  ofDay('day_buyback_average_price', WINDOW.buybackAveragePrice, true),
  ofDay('day_average_stake', WINDOW.averageStake),
  ofDay('day_real_yield', WINDOW.realYield, true),
]

/** Which day it is, and which blocks it is told from. */
const DAY_COLUMNS: readonly DatasetColumn[] = [
  { name: 'date', kind: 'date', isNullable: false, description: 'The day, UTC.' },
  {
    name: 'opening_block',
    kind: 'integer',
    isNullable: true,
    description:
      'Newest block with a snapshot before the day: what happened in the day is the change since it. None where the history begins in the day.',
  },
  {
    name: 'closing_block',
    kind: 'integer',
    isNullable: false,
    description:
      'Newest block with a snapshot up to the end of the day; the opening block itself where the day has none.',
  },
  { name: 'closing_block_hash', kind: 'hash', isNullable: false, description: 'Hash of the closing block.' },
  {
    name: 'closing_block_timestamp',
    kind: 'time',
    isNullable: false,
    description: 'Time of the closing block, UTC.',
  },
]

export const DAILY_COLUMNS: readonly DatasetColumn[] = [
  ...DAY_COLUMNS,
  ...DAILY_FIGURES.map(({ value, ...column }) => column),
]
