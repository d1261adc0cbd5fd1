import { useEffect, useId, useMemo, useState } from 'preact/hooks'
import { AsOfMark } from '../parts/age'
import { Term } from '../parts/term'
import { BucketValues, bucketWords } from './bucket-values'
import { ChartTable } from './chart-table'
import { ChartTools } from './chart-tools'
import { csvOf } from './csv'
import { drawingOf } from './drawing'
import { useInTurn } from './in-turn'
import { Legend } from './legend'
import type { Chart, Line } from './model'
import { Plot } from './plot'
import { queryText } from './query-text'
import type { Subject } from './subject'
import { summaryOf } from './summary'
import { amountText, unitText } from './values-text'

/** Milliseconds after which a chart is told in words: drawing comes first. */
const SUMMARY_AFTER = 300

interface Carded {
  readonly chart: Chart
  readonly newest: Subject
  /** Its place among the charts, from 0 on. */
  readonly turn: number
}

/** A chart with its definition, its legend, its values as a table and as a file, and the block that it is true at. */
export function ChartCard({ chart, newest, turn }: Carded) {
  const { element, value: subject } = useInTurn(newest, turn)
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
      ref={element}
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
          <Plot
            drawing={drawing}
            label={`${name}, by ${grain}`}
            textOf={(index) => bucketWords(subject, lines, index)}
            tooltip={(index) => <BucketValues subject={subject} lines={lines} index={index} />}
          />
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
    const textOf = ({ unit }: Line, value: string) => amountText(unit, value, symbols)
    const timer = setTimeout(() => {
      const told = lines.filter(({ look }) => look).map((line) => summaryOf(span.points, line, textOf))
      setSummary(told.join(' '))
    }, SUMMARY_AFTER)
    return () => clearTimeout(timer)
  }, [lines, span, symbols])
  return summary
}
