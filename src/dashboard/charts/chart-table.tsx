import { Unknown } from '../parts/amount'
import { Term } from '../parts/term'
import type { Bucket, Line } from './model'
import { bucketText, type Symbols, unitText, valueText } from './values-text'

interface Listed {
  readonly name: string
  readonly buckets: readonly Bucket[]
  readonly lines: readonly Line[]
  readonly grain: string
  readonly symbols: Symbols
}

/** Every value of a chart, exact, the newest first. */
export function ChartTable({ name, buckets, lines, grain, symbols }: Listed) {
  const newestFirst = buckets.map((bucket, index) => ({ bucket, index })).reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="chart-table" tabIndex={0} aria-label={`${name}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            {lines.map(({ key, label, figure, unit }) => (
              <th key={key} scope="col">
                {figure ? <Term figure={figure}>{label}</Term> : <span title={key}>{label}</span>}
                <small>{unitText(unit, symbols)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ bucket, index }) => (
            <tr key={bucket.start}>
              <th scope="row">
                <time dateTime={bucket.start}>{bucketText(bucket, grain)}</time>
              </th>
              {lines.map(({ key, unit, values, why }) => {
                const value = values[index] ?? null
                return (
                  <td key={key}>
                    {value === null ? <Unknown why={why?.(index)} /> : valueText(unit, value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
