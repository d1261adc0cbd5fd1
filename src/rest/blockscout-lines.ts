import { z } from 'zod'
import type { SeriesPoint } from '../core/series-points'
import { isPartial } from '../read/as-of'
import type { Reads } from '../read/reads'
import type { SeriesRequest } from '../read/series-at'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { choice, day, emptyQuery } from './as-of-query'
import { type Chart, chartInfo, RESOLUTIONS, type Resolution, SECTIONS } from './blockscout-charts'
import { validated } from './caching'
import { calendarYears, yearEnd, yearStart } from './calendar-years'
import { dayOf } from './day-of'
import { json } from './reply'
import { asOfRoute, jsonAnswer, pageRoute } from './route'
import { decimalText, isoDay } from './wire-schema'

const CHARTS = new Map(SECTIONS.flatMap(({ charts }) => charts).map((chart) => [chart.id, chart]))

const infoSchema = z.strictObject({
  id: z.enum([...CHARTS.keys()]),
  title: z.string(),
  description: z.string().describe('The figure’s definition.'),
  units: z.string().describe('Symbol of the asset, or what is counted.'),
  resolutions: z.array(z.enum(RESOLUTIONS)).describe('Lengths of a period that it can be asked for.'),
})

/** Which charts there are, as the stats service of Blockscout answers it. */
export const BLOCKSCOUT_CHARTS_ROUTE = pageRoute({
  path: '/api/v1/lines',
  operation: 'getLineCharts',
  tag: 'explorers',
  summary: 'Which charts there are, as Blockscout’s stats service answers it',
  isConditional: true,
  query: emptyQuery,
  page: ({ economy }, _query, { ifNoneMatch }) => {
    const units = unitsOf(economy)
    const sections = SECTIONS.map(({ charts, ...section }) => ({
      ...section,
      charts: charts.map((chart) => chartInfo(chart, units)),
    }))
    return validated(json({ sections }), 300, ifNoneMatch)
  },
  answers: [
    jsonAnswer(
      z.strictObject({
        sections: z.array(z.strictObject({ id: z.string(), title: z.string(), charts: z.array(infoSchema) })),
      }),
      'Charts by section.',
    ),
  ],
})

interface Range {
  readonly resolution: Resolution
  readonly from: number | undefined
  readonly to: number | undefined
}

const linesQuery = z
  .strictObject({
    from: day('A day in the first period; the newest hundred periods where it is left out').optional(),
    to: day('A day in the last period; that of the answer where it is left out').optional(),
    resolution: choice(RESOLUTIONS, 'Length of a period; DAY where it is left out.').optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'from is after to',
  })
  .transform(({ from, to, resolution = 'DAY' }): Range => ({ from, to, resolution }))

const getLines =
  (chart: Chart): AsOfHandler<Range> =>
  (reads, config) =>
  async (asOf, range) => {
    const units = unitsOf(config)
    // Totals lack what was left out, and so do bars before a contract's start block: the format has no mark for that.
    const isKnown = !isPartial(asOf, chart.figure.dependsOn)
    const points = isKnown ? await periods(range, (request) => reads.seriesAt(asOf, request)) : []
    return json({
      chart: points.flatMap((point) => {
        const value = chart.valueOf(point, units)
        if (value === undefined) return []
        const { start, end, isOpen } = point
        return [{ date: dayOf(start), date_to: dayOf(end - 1), value, is_approximate: isOpen }]
      }),
      info: chartInfo(chart, units),
    })
  }

async function periods(
  { resolution, from, to }: Range,
  series: (request: SeriesRequest) => ReturnType<Reads['seriesAt']>,
): Promise<readonly SeriesPoint[]> {
  if (resolution !== 'YEAR') return series({ interval: resolution, from, to })
  const months = await series({
    interval: 'MONTH',
    // All years where none is named: the months of the newest hundred periods would begin within a year.
    from: from === undefined ? 0 : yearStart(from),
    to: to === undefined ? undefined : yearEnd(to) - 1,
  })
  return calendarYears(months)
}

const pointSchema = z.strictObject({
  date: isoDay.describe('First day of the period, UTC.'),
  date_to: isoDay.describe('Its last day.'),
  value: decimalText.describe('In whole units.'),
  is_approximate: z.boolean().describe('Whether the period goes on: more may happen in it.'),
})

const chartPath = z.strictObject({ id: choice([...CHARTS.keys()] as [string, ...string[]], 'Which chart.') })

/** One chart, as the stats service of Blockscout answers it. */
export const BLOCKSCOUT_LINES_ROUTE = asOfRoute({
  path: '/api/v1/lines/{id}',
  operation: 'getLineChart',
  tag: 'explorers',
  summary: 'One chart, as Blockscout’s stats service answers it',
  description:
    'Every covered period of a range, those without events among them. A period in which the figure is not known is left out: the format has no null. Where history was left out, so are all totals that lack it.',
  example: '/api/v1/lines/burned',
  params: chartPath,
  query: linesQuery,
  handler: ({ id }) => getLines(chartOf(id)),
  answers: [
    jsonAnswer(
      z.strictObject({ chart: z.array(pointSchema), info: infoSchema }),
      'The periods, oldest first.',
    ),
  ],
})

function chartOf(id: string): Chart {
  const chart = CHARTS.get(id)
  if (chart === undefined) throw new RangeError(`no chart is called ${id}`)
  return chart
}
