import { z } from 'zod'
import type { Figure } from '../core/figures/figure'
import { evaluate } from '../core/figures/figure'
import { WINDOW } from '../core/figures/window'
import { isUnknown } from '../core/known'
import type { Span } from '../core/window'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { day, emptyQuery } from './as-of-query'
import { dayOf } from './day-of'
import { decimalFigure } from './decimal-figure'
import { DayNotCovered } from './errors'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { requireWhole } from './whole-history'
import { count, decimalText, isoDay } from './wire-schema'

/** What a day's row has, in the names that adapters read. */
const COLUMNS: Readonly<Record<string, Figure<Span>>> = {
  revenue_usdc: WINDOW.revenue,
  buyback_usdc: WINDOW.buybackSpent,
  rewards_funded_usdc: WINDOW.rewardsFunded,
  rewards_paid: WINDOW.rewardsPaid,
  burned: WINDOW.burned,
  buyback_burned: WINDOW.buybackBurned,
}

interface Days {
  readonly from: number | undefined
  readonly to: number | undefined
}

const daysQuery = z
  .strictObject({
    day: day('The one day that is wanted; excludes from and to').optional(),
    from: day('First day; the newest hundred where it is left out').optional(),
    to: day('Last day; that of the answer where it is left out').optional(),
  })
  .refine((query) => query.day === undefined || (query.from === undefined && query.to === undefined), {
    error: 'day excludes from and to',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'from is after to',
  })
  .transform((query): Days => ({ from: query.day ?? query.from, to: query.day ?? query.to }))

/** @throws DayNotCovered (E5071) for a day that was named and has no row: it would read as a day of zeros */
const getDaily: AsOfHandler<Days> =
  (reads, config) =>
  async (asOf, { from, to }) => {
    // A day before a contract's start block would read as one on which nothing happened.
    requireWhole(asOf, 'daily', ...Object.values(COLUMNS))
    const points = await reads.seriesAt(asOf, { interval: 'DAY', from, to })
    for (const [asked, found] of [
      [from, points[0]],
      [to, points.at(-1)],
    ] as const) {
      if (asked === undefined || found?.start === asked) continue
      throw new DayNotCovered({ day: dayOf(asked), block: asOf.block })
    }
    const units = unitsOf(config)
    return json({
      data: points.map(({ start, isOpen, span }) => ({
        day: dayOf(start),
        timestamp: start,
        is_open: isOpen,
        ...Object.fromEntries(
          Object.entries(COLUMNS).map(([name, figure]) => {
            const value = evaluate(figure, span)
            if (isUnknown(value)) throw new TypeError(`${name} of a covered day is unknown`)
            return [name, decimalFigure(figure.unit, value, units)]
          }),
        ),
      })),
    })
  }

const COUNTED = { stable: 'stable asset', token: 'token', reward: 'reward token' } as const

const rowSchema = z.strictObject({
  day: isoDay.describe('The day, UTC.'),
  timestamp: count.describe('When it began, in unix seconds.'),
  is_open: z.boolean().describe('Whether it goes on: more may happen in it.'),
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([name, { definition, unit }]) => [
      name,
      decimalText.describe(
        `${definition} The window is the day. In whole units of the ${COUNTED[unit as keyof typeof COUNTED]}.`,
      ),
    ]),
  ),
})

/** One row for each covered day in UTC, as adapters of DefiLlama ask for it. */
export const DEFILLAMA_DAILY_ROUTE = asOfRoute({
  path: '/api/defillama/daily',
  operation: 'getDailyRows',
  tag: 'dashboards',
  summary: 'One row for each day, for adapters of DefiLlama',
  description:
    'Amounts in whole units. A covered day without events is a row of zeros; a day that was named and is not covered is 404 (E5071). 1,000 days at most.',
  params: emptyQuery,
  query: daysQuery,
  handler: () => getDaily,
  answers: [jsonAnswer(z.strictObject({ data: z.array(rowSchema) }), 'The days, oldest first.')],
})
