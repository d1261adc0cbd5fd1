import { z } from 'zod'
import { BUYBACK } from '../core/figures/buyback'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS } from '../core/figures/window'
import { isoOf } from '../core/iso-time'
import type { Policy } from '../core/policy'
import type { SeriesPoint } from '../core/series-points'
import type { Span } from '../core/window'
import type { SeriesRequest } from '../read/series-at'
import { type Units, unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { choice, emptyQuery, instant } from './as-of-query'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { figureShape, frameShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { blockNumber, isoTime } from './wire-schema'

/** Query parameters of a series, besides the block that it ends at. */
const seriesQuery = z
  .strictObject({
    interval: choice(
      ['hour', 'day', 'week', 'month'],
      'Length of a bucket: hour, day, week (from Monday) or month, all in UTC.',
    ),
    from: instant('A point in time in the first bucket; the newest hundred where it is left out').optional(),
    to: instant('A point in time in the last bucket; that of the answer where it is left out').optional(),
  })
  .transform(({ interval, from, to }): SeriesRequest => ({ interval: SERIES_INTERVAL[interval], from, to }))

/** How intervals are spelled in a query. */
export const SERIES_INTERVAL = { hour: 'HOUR', day: 'DAY', week: 'WEEK', month: 'MONTH' } as const

/** Figures as they were when a bucket ended. */
export const CLOSING: FlatGroups<Moment> = [
  ['', SUPPLY],
  ['', STAKING],
  ['treasury', TREASURY],
  ['treasuryOutflow', TREASURY_OUTFLOW],
  ['buyback', BUYBACK],
  ['price', PRICE],
]

/** What happened in a bucket. A year’s rate and a projection say little about an hour, so they are left to windows. */
export const CHANGE: FlatGroups<Span> = [
  [
    '',
    pick(
      WINDOW,
      'seconds',
      'burned',
      'buybackBurned',
      'buybackSpent',
      'buybackAveragePrice',
      'revenue',
      'circulatingSupplyChange',
      'treasuryBalanceChange',
      'rewardsFunded',
      'rewardsPaid',
      'transfers',
      'averageStake',
      'averageStakeValue',
      'rewardsPerStaked',
      'realYield',
    ),
  ],
  ['policyBurn', WINDOW_POLICY_BURN],
  ['policyRewards', WINDOW_POLICY_REWARDS],
]

const getSeries: AsOfHandler<SeriesRequest> = (reads, config) => async (asOf, request) => {
  const points = await reads.seriesAt(asOf, request)
  const units = unitsOf(config)
  return json({
    interval: request.interval.toLowerCase(),
    points: points.map((point) => pointJson(point, config.policy, units)),
    ...figureFrame([...CLOSING, ...CHANGE], asOf, units),
  })
}

function pointJson(point: SeriesPoint, policy: Policy, units: Units): object {
  const { start, end, isOpen, hasEvents, closingBlock, closing, span } = point
  return {
    start: isoOf(start),
    end: isoOf(end),
    isOpen,
    hasEvents,
    closingBlock,
    ...flatFigures(CLOSING, { economy: closing.economy, policy }, units),
    change: flatFigures(CHANGE, span, units),
  }
}

const pointSchema = z.strictObject({
  start: isoTime.describe('When the bucket begins.'),
  end: isoTime.describe('When the next one begins.'),
  isOpen: z.boolean().describe('Whether it goes on: more may happen in it.'),
  hasEvents: z.boolean().describe('Whether any event is in it.'),
  closingBlock: blockNumber.describe('Block of the closing figures.'),
  ...figureShape(CLOSING),
  change: z.strictObject(figureShape(CHANGE)).describe('What happened in the bucket.'),
})

/** Every covered bucket of a range, with what changed in it and how it closed. */
export const SERIES_ROUTE = asOfRoute({
  path: '/api/series',
  operation: 'getSeries',
  tag: 'figures',
  summary: 'Series by hour, day, week or month',
  description:
    'Every covered bucket of a range, 1,000 at most: how it closed, and what changed in it. Buckets without events are there, too.',
  example: '/api/series?interval=day',
  params: emptyQuery,
  query: seriesQuery,
  handler: () => getSeries,
  answers: [
    jsonAnswer(
      z.strictObject({
        interval: z.enum(['hour', 'day', 'week', 'month']),
        points: z.array(pointSchema),
        ...frameShape([...CLOSING, ...CHANGE]),
      }),
      'The buckets, oldest first.',
    ),
  ],
})
