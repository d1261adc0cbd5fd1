import type { ComponentChildren } from 'preact'
import { Term } from '../parts/term'
import type { Identified } from './paged'

/** A column of a list. */
export interface Column<Row> {
  readonly title: string
  /** The figure that it shows, if the data dictionary has it. */
  readonly figure?: string
  /** Where its cells stand, on narrow screens too (lists.css). */
  readonly place: Place
  cell(row: Row, index: number): ComponentChildren
}

export type Place =
  | 'rank'
  | 'time'
  | 'amount'
  | 'share'
  | 'account'
  | 'what'
  | 'after'
  | 'stake'
  | 'paid'
  | 'block'
  | 'transaction'

interface Told<Row> {
  /** What it is a table of, for who does not see where it stands. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Ids of the rows that came last. */
  readonly arrived: ReadonlySet<string>
  /** What is said where there are no rows. */
  readonly empty: string
  /** How it differs from other tables, for its styles. */
  readonly kind: string
}

/** Rows as a table; where it is narrow, each of them as a card. */
export function RowTable<Row extends Identified>({
  caption,
  columns,
  rows,
  arrived,
  empty,
  kind,
}: Told<Row>) {
  if (rows.length === 0) return <p class="empty">{empty}</p>
  return (
    <table class={`rows ${kind}`}>
      <caption class="spoken">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, figure, place }) => (
            <th key={place} scope="col" class={place}>
              {figure ? <Term figure={figure}>{title}</Term> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.id} class={arrived.has(row.id) ? 'arrived' : undefined}>
            {columns.map(({ title, place, cell }) => (
              <td key={place} class={place} data-title={title}>
                {cell(row, index)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
