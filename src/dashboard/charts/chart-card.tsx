import { useEffect, useId, useMemo, useState } from 'preact/hooks'
import { AsOfMark } from '../parts/age'
import { Term } from '../parts/term'
import { ChartTable } from './chart-table'
import { ChartTools } from './chart-tools'
import { csvOf } from './csv'
import { drawingOf } from './drawing'
import { Legend, Swatch } from './legend'
import type { Chart, Line } from './model'
import { Plot } from './plot'
import { queryText } from './query-text'
import type { Subject } from './subject'
import { summaryOf } from './summary'
import { bucketText, unitText, valueText } from './values-text'

/** Milliseconds after which a chart is told in words: drawing comes first. */
const SUMMARY_AFTER = 300

/** A chart with its definition, its legend, its values as a table and as a file, and the block that it is true at. */
export function ChartCard({ chart, subject }: { readonly chart: Chart; readonly subject: Subject }) {
  const { span, window, grain, symbols, asOf, since } = subject
  const [isTable, showTable] = useState(false)
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set())
  const id = useId()
  const lines = useMemo(() => chart.lines(span), [chart, span])
  const drawing = useMemo(
    () => drawingOf(chart, lines, span.points, span.instant, hidden, span.buybacks),
    [chart, lines, span, hidden],
  )
  const summary = useSummary(lines, subject)
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    hide(next)
  }
  const title = chart.title.map((part) => (typeof part === 'string' ? part.replace('{grain}', grain) : part))
  const name = title.map((part) => (typeof part === 'string' ? part : part.text)).join('')
  const said = (index: number, key: string) => {
    const line = lines.find((one) => one.key === key)
    const value = line?.values[index] ?? null
    if (line === undefined || value === null) return 'unknown'
    return `${valueText(line.unit, value)} ${unitText(line.unit, symbols)}`.trim()
  }
  const textOf = (index: number) => {
    const bucket = span.points[index]
    if (bucket === undefined) return ''
    return `${bucketText(bucket, grain)}. ${lines.map(({ key, label }) => `${label}: ${said(index, key)}`).join('; ')}`
  }
  const tooltip = (index: number) => {
    const bucket = span.points[index]
    return (
      bucket && (
        <>
          <strong>{bucketText(bucket, grain)}</strong>
          <dl>
            {lines.map(({ key, label, look, values, why }) => (
              <div key={key}>
                <dt>
                  {look ? <Swatch look={look} /> : <span class="swatch" />}
                  {label}
                </dt>
                <dd>
                  {values[index] === null
                    ? `unknown: ${why?.(index) ?? 'not known at this block.'}`
                    : said(index, key)}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )
    )
  }
  const [first] = span.points
  const last = span.points.at(-1)
  const query = () =>
    queryText(
      chart.fields,
      {
        interval: grain,
        from: first?.start ?? '',
        to: new Date(span.instant * 1_000).toISOString(),
        block: asOf.block,
      },
      chart.buybacks !== undefined,
    )
  return (
    <section
      class={chart.isWide ? 'card chart wide' : 'card chart'}
      aria-labelledby={id}
      data-chart={chart.name}
    >
      <header>
        <h3 id={id}>
          {title.map((part) =>
            typeof part === 'string' ? (
              part
            ) : (
              <Term key={part.figure} figure={part.figure}>
                {part.text}
              </Term>
            ),
          )}
        </h3>
      </header>
      <Legend lines={lines} isShown={drawing.isShown} toggle={toggle} />
      <figure>
        {isTable ? (
          <ChartTable name={name} buckets={span.points} lines={lines} grain={grain} symbols={symbols} />
        ) : (
          <Plot drawing={drawing} label={`${name}, by ${grain}`} textOf={textOf} tooltip={tooltip} />
        )}
        <figcaption class="spoken">{summary}</figcaption>
      </figure>
      <p class="note">
        {chart.note} By {grain}
        {last?.isOpen ? `; the last ${grain}, shaded, goes on.` : '.'}
      </p>
      <footer>
        <AsOfMark asOf={asOf} since={since} />
        <ChartTools
          name={name}
          isTable={isTable}
          showTable={showTable}
          query={query}
          csv={() => ({
            name: `ashao-${chart.name}-${window}-${grain}-block-${asOf.block}.csv`,
            text: csvOf(span.points, lines, ({ unit }) => unitText(unit, symbols)),
          })}
        />
      </footer>
    </section>
  )
}

/** What is read out, made when the chart is drawn: every value is compared, exactly. */
function useSummary(lines: readonly Line[], { span, symbols }: Subject): string {
  const [summary, setSummary] = useState('')
  useEffect(() => {
    const textOf = ({ unit }: Line, value: string) =>
      `${valueText(unit, value)} ${unitText(unit, symbols)}`.trim()
    const timer = setTimeout(() => {
      const told = lines.filter(({ look }) => look).map((line) => summaryOf(span.points, line, textOf))
      setSummary(told.join(' '))
    }, SUMMARY_AFTER)
    return () => clearTimeout(timer)
  }, [lines, span, symbols])
  return summary
}
