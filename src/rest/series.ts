import { z } from 'zod'
import { BUYBACK } from '../core/figures/buyback'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS } from '../core/figures/window'
import type { Policy } from '../core/policy'
import { SERIES_INTERVALS, type SeriesInterval } from '../core/series'
import type { SeriesPoint } from '../core/series-points'
import type { Span } from '../core/window'
import { isoOf } from '../read/instant'
import type { SeriesRequest } from '../read/series-at'
import { type Units, unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { instant } from './as-of-query'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { json } from './reply'

const INTERVALS = new Map(SERIES_INTERVALS.map((interval) => [interval.toLowerCase(), interval]))

/** Query parameters of a series, besides the block that it ends at. */
export const seriesQuery: z.ZodType<SeriesRequest> = z
  .strictObject({
    interval: z
      .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is given more than once') })
      .transform((text, context): SeriesInterval => {
        const interval = INTERVALS.get(text)
        if (interval !== undefined) return interval
        context.addIssue({ code: 'custom', message: `is none of ${[...INTERVALS.keys()].join(', ')}` })
        return z.NEVER
      })
      .describe('Length of a bucket: hour, day, week (from Monday) or month, all in UTC.'),
    from: instant('A point in time in the first bucket; the newest hundred where it is left out').optional(),
    to: instant('A point in time in the last bucket; that of the answer where it is left out').optional(),
  })
  .transform(({ interval, from, to }) => ({ interval, from, to }))

/** Figures as they were when a bucket ended. */
const CLOSING: FlatGroups<Moment> = [
  ['', SUPPLY],
  ['', STAKING],
  ['treasury', TREASURY],
  ['treasuryOutflow', TREASURY_OUTFLOW],
  ['buyback', BUYBACK],
  ['price', PRICE],
]

/** What happened in a bucket. A year’s rate and a projection say little about an hour, so they are left to windows. */
const CHANGE: FlatGroups<Span> = [
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

/** `GET /api/series`: every covered bucket of a range, with what changed in it and how it closed. */
export const getSeries: AsOfHandler<SeriesRequest> = (reads, config) => async (asOf, request) => {
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
