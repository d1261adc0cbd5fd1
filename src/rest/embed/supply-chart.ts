import { z } from 'zod'
import { evaluate, type Figure } from '../../core/figures/figure'
import type { Moment } from '../../core/figures/moment'
import { STAKING } from '../../core/figures/staking'
import { SUPPLY } from '../../core/figures/supply'
import { isoOf } from '../../core/iso-time'
import type { Policy } from '../../core/policy'
import type { SeriesPoint } from '../../core/series-points'
import { formatUnits } from '../../core/units'
import { type Unit, unitsOf } from '../../read/units'
import { compactAmount } from '../compact-amount'
import { asOfLine, partialNote } from './as-of-line'
import { type Markup, markup, NOTHING } from './markup'
import { amountOf, listedAmount } from './shown-figure'
import { areaOf, closingTime, DRAWING, pathOf, scaleOf } from './supply-lines'
import { theme, type Widget, type WidgetQuery } from './widget'

const DAY = 86_400
const DAYS_BY_DEFAULT = 90
/** A longer line would not fit into the bytes that a widget may have. */
const MOST_DAYS = 365

export interface SupplyChartQuery extends WidgetQuery {
  readonly days: number
}

const days = z
  .string({ error: 'is given more than once' })
  .regex(/^\d{1,3}$/, { error: 'is not a whole number' })
  .transform(Number)
  .refine((count) => count >= 2 && count <= MOST_DAYS, { error: `is not from 2 to ${MOST_DAYS}` })
  .optional()
  .transform((count) => count ?? DAYS_BY_DEFAULT)
  .describe(`How many days are drawn, 2 to ${MOST_DAYS}; ${DAYS_BY_DEFAULT} where it is left out.`)

/** A line of the chart: a figure of the dictionary, in the token. */
interface Drawn {
  readonly name: string
  readonly kind: string
  readonly figure: Figure<Moment>
}

const BURNED: Drawn = { name: 'Burned', kind: 'burned', figure: SUPPLY.cumulativeBurn }
/** Burns are small beside the supply, so they have an axis of their own. */
const EXISTING: readonly Drawn[] = [
  { name: 'Total', kind: 'total', figure: SUPPLY.totalSupply },
  { name: 'Circulating', kind: 'circulating', figure: SUPPLY.circulatingSupply },
  { name: 'Staked', kind: 'staked', figure: STAKING.staked },
]

/** `GET /embed/supply`: what exists, circulates, is staked and was burned, as each day closed. */
export const SUPPLY_CHART: Widget<SupplyChartQuery> = {
  title: '$ASHAO supply',
  description: 'What exists of the token, circulates, is staked and was burned, as each day closed.',
  size: { width: 640, height: 380 },
  narrowHeight: 400,
  query: z.strictObject({ theme, days }),
  content: (reads, config) => async (asOf, query) => {
    const from = Math.max(0, asOf.instant - (query.days - 1) * DAY)
    const points = await reads.seriesAt(asOf, { interval: 'DAY', from, to: undefined })
    const { economy } = await reads.economyAt(asOf)
    const units = unitsOf(config)
    const now: Moment = { economy, policy: config.policy }
    const legend = [...EXISTING, BURNED].map(({ name, kind, figure }) =>
      listedAmount(name, amountOf(figure, now, units), units.token.symbol, markOf(kind)),
    )
    return markup`<h1>$ASHAO supply</h1>
${partialNote(asOf, ['token', 'staking'])}
${chart(points, config.policy, units.token)}
<dl class="legend">${legend}</dl>
${asOfLine(asOf)}`
  },
}

function chart(points: readonly SeriesPoint[], policy: Policy, unit: Unit): Markup {
  if (points.length === 0) return markup`<p class="note">There is nothing to draw: no day is covered.</p>`
  return markup`${drawing(EXISTING, points, policy, unit, 'large')}
${drawing([BURNED], points, policy, unit, 'small')}
${daysOf(points)}`
}

function markOf(kind: string): Markup {
  return markup`<svg class="mark ${kind}" viewBox="0 0 18 4" aria-hidden="true"><path d="M0 2H18"/></svg>`
}

/** Lines that share an axis, with the same in words for who cannot see them. */
function drawing(
  drawn: readonly Drawn[],
  points: readonly SeriesPoint[],
  policy: Policy,
  unit: Unit,
  size: 'large' | 'small',
): Markup {
  const times = points.map(closingTime)
  const lines = drawn.map((each) => ({
    ...each,
    line: {
      times,
      values: points.map(({ closing }) => drawnValue(each, { economy: closing.economy, policy })),
    },
  }))
  const scale = scaleOf(lines.flatMap(({ line }) => line.values))
  const [most, least] = [scale.most, scale.least].map((end) => compactAmount(end, unit.decimals))
  const paths = lines.map(({ kind, line }) => {
    const area = kind === BURNED.kind ? markup`<path class="area" d="${areaOf(line, scale)}"/>` : NOTHING
    return markup`<g class="${kind}">${area}<path class="line" d="${pathOf(line, scale)}"/></g>`
  })
  const words = lines.map(({ name, line }) => inWords(name, line.values, unit)).join(' ')
  const label = `${drawn.map(({ name }) => name).join(', ')} by day, ${spanOf(points)}.`
  return markup`<div class="plot ${size}"><span class="most" aria-hidden="true">${most ?? ''}</span><span class="least" aria-hidden="true">${least ?? ''}</span>
<svg role="img" aria-label="${label} ${words}" viewBox="0 0 ${DRAWING} ${DRAWING}" preserveAspectRatio="none">${paths}</svg></div>`
}

/** Base units; none of these figures is ever unknown. */
function drawnValue({ name, figure }: Drawn, moment: Moment): bigint {
  const value = evaluate(figure, moment)
  if (typeof value !== 'bigint') throw new TypeError(`${name} cannot be drawn: it is no amount`)
  return value
}

function inWords(name: string, values: readonly bigint[], { decimals, symbol }: Unit): string {
  const [first, last] = [values[0], values.at(-1)].map((value) => formatUnits(value ?? 0n, decimals))
  return first === last
    ? `${name}: ${last} ${symbol} all along.`
    : `${name}: from ${first} to ${last} ${symbol}.`
}

function spanOf(points: readonly SeriesPoint[]): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => isoOf(point?.start ?? 0).slice(0, 10))
  return `${first} to ${last}`
}

/** The days at both ends; they are in the text beside the drawing as well. */
function daysOf(points: readonly SeriesPoint[]): Markup {
  const [first, last] = spanOf(points).split(' to ')
  return markup`<p class="days" aria-hidden="true"><span>${first ?? ''}</span><span>${last ?? ''}</span></p>`
}
