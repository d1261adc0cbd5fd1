import { z } from 'zod'
import { isoOf } from '../core/iso-time'
import type { Policy } from '../core/policy'
import type { SeriesPoint } from '../core/series-points'
import type { Span } from '../core/window'
import { parseInstant } from '../read/instant'
import type { SeriesRequest } from '../read/series-at'
import { type Units, unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { choice, emptyQuery, instant } from './as-of-query'
import { type FlatFigures, type FlatGroups, figureFrame, flatFigures, flatName } from './figure-json'
import { figureShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { CHANGE, CLOSING, SERIES_INTERVAL } from './series'
import { isoTime } from './wire-schema'

/** Grafana's `$__from` and `$__to` are unix milliseconds: thirteen digits for two centuries to come. */
function parseGrafanaInstant(text: string): number | undefined {
  return parseInstant(/^\d{13}$/.test(text) ? text.slice(0, -3) : text)
}

const grafanaQuery = z
  .strictObject({
    interval: choice(
      ['hour', 'day', 'week', 'month'],
      'Length of a bucket: hour, day (where it is left out), week (from Monday) or month, all in UTC.',
    ).optional(),
    from: instant('A point in time in the first row; also Grafana’s $__from', parseGrafanaInstant).optional(),
    to: instant('A point in time in the last row; also Grafana’s $__to', parseGrafanaInstant).optional(),
  })
  .transform(({ interval = 'day', from, to }): SeriesRequest => {
    return { interval: SERIES_INTERVAL[interval], from, to }
  })

/** A name that both groups have would mean two things in a flat row, so what happened in a bucket has a prefix. */
const CHANGED: FlatGroups<Span> = CHANGE.map(([prefix, group]) => {
  return [prefix === '' ? 'change' : flatName('change', prefix), group] as const
})

const getGrafanaSeries: AsOfHandler<SeriesRequest> = (reads, config) => async (asOf, request) => {
  const points = await reads.seriesAt(asOf, request)
  const units = unitsOf(config)
  const { partial } = figureFrame([...CLOSING, ...CHANGED], asOf, units)
  return json(points.map((point) => ({ ...rowOf(point, config.policy, units), partial })))
}

function rowOf({ start, isOpen, closing, span }: SeriesPoint, policy: Policy, units: Units): object {
  const closed = flatFigures(CLOSING, { economy: closing.economy, policy }, units)
  const changed = flatFigures(CHANGED, span, units)
  const reasons = Object.entries({ ...closed.unknown, ...changed.unknown })
  return {
    time: isoOf(start),
    isOpen,
    ...inWholeUnits(closed),
    ...inWholeUnits(changed),
    unknown: reasons.map(([name, reason]) => `${name} ${reason}`).join(', '),
  }
}

/** One spelling of each figure: a panel draws every column that it is given. */
function inWholeUnits<Value>(figures: FlatFigures | Readonly<Record<string, Value>>): object {
  const columns = Object.entries(figures).filter(
    ([name]) => name !== 'unknown' && !(`${name}Decimal` in figures),
  )
  return Object.fromEntries(columns)
}

const rowSchema = z.strictObject({
  time: isoTime.describe('When the bucket begins.'),
  isOpen: z.boolean().describe('Whether it goes on: more may happen in it.'),
  ...inWholeUnits(figureShape(CLOSING)),
  ...inWholeUnits(figureShape(CHANGED)),
  unknown: z.string().describe('Each figure that is null, with the reason; empty where all are known.'),
  partial: z
    .boolean()
    .describe('Whether totals lack the history before a start block: then they are changes since.'),
})

/** A series as flat rows, which Grafana's Infinity and JSON datasources read as they are. */
export const GRAFANA_SERIES_ROUTE = asOfRoute({
  path: '/api/grafana/series',
  operation: 'getGrafanaSeries',
  tag: 'dashboards',
  summary: 'A series as flat rows, for Grafana’s Infinity and JSON datasources',
  description:
    'The buckets of /api/series, each a flat row: amounts as decimal text in whole units, closing values by their names, what happened in the bucket with the prefix `change`. `from` and `to` take Grafana’s `$__from` and `$__to`.',
  params: emptyQuery,
  query: grafanaQuery,
  handler: () => getGrafanaSeries,
  answers: [jsonAnswer(z.array(rowSchema), 'The rows, oldest first.')],
})
