import type { ComponentChildren } from 'preact'
import { Term } from './term'

interface CardParts {
  readonly kind: string
  readonly title: string
  /** The figure, as the data dictionary has it. */
  readonly figure: string
  /** At which block it is true. */
  readonly dated: ComponentChildren
  readonly value: ComponentChildren
  /** What changed in a window, where one is chosen. */
  readonly change?: ComponentChildren
  /** What it is a part of, or stands for. */
  readonly children: ComponentChildren
}

/** One figure, large, with what belongs to it. */
export function FigureCard({ kind, title, figure, dated, value, change, children }: CardParts) {
  return (
    <section class={`card figure ${kind}`} data-figure={figure} aria-label={title}>
      <h2>
        <Term figure={figure}>{title}</Term>
      </h2>
      <p class="value">{value}</p>
      {change && <p class="change">{change}</p>}
      <p class="note">{children}</p>
      <footer>{dated}</footer>
    </section>
  )
}
