import type { ExecutedBuybacksQuery, SeriesPartsFragment } from '../generated'

/** What a line is counted in. */
export type Unit = 'token' | 'stable' | 'reward' | 'price' | 'ratio' | 'count' | 'text'

/** One of the colours by meaning of style.css. */
export type Colour = '--supply' | '--burn' | '--treasury' | '--stake' | '--quiet' | '--ink'

/** What tells areas and bars apart for who sees no colours. */
export type Pattern = 'solid' | 'hatch' | 'dots'

/** How a line is drawn. */
export interface Look {
  readonly kind: 'area' | 'bar' | 'line' | 'step' | 'points' | 'marks'
  readonly colour: Colour
  readonly pattern?: Pattern
  /** Dash and gap, in pixels; whole where left out. */
  readonly dash?: readonly [number, number]
  /** Areas and bars of one name stand on one another, in their order; `down` hangs from zero. */
  readonly stack?: 'up' | 'down'
  /** Has its own scale at the right. */
  readonly isRight?: boolean
}

/** What is told apart in a chart, for each of its buckets. */
export interface Line {
  /** Its name in tables, files and to machines: that of the data dictionary, or how it is made from those. */
  readonly key: string
  readonly label: string
  /** Figure whose definition is shown; left out where the key says it all. */
  readonly figure?: string
  readonly unit: Unit
  /** Exact; null where unknown. */
  readonly values: readonly (string | null)[]
  /** Why a value is unknown, where the API says so. */
  readonly why?: (index: number) => string | undefined
  /** Left out for what is only in the tooltip and the table. */
  readonly look?: Look
}

/** Payments and purchases of one transaction of a buyback address. */
export type Buyback = ExecutedBuybacksQuery['prices'][number]

export type Bucket = Pick<SeriesPartsFragment, 'start' | 'end' | 'isOpen' | 'closingBlock'>

/** A span of buckets, with what happened in them. */
export interface Span {
  readonly points: readonly SeriesPartsFragment[]
  /** Executed buybacks of each bucket; null where they are not known (yet). */
  readonly buybacks: readonly (readonly Buyback[])[] | null
  /** The instant of the answer, where the open bucket ends for now; unix seconds. */
  readonly instant: number
  readonly stableDecimals: number
  readonly tokenDecimals: number
}

/** A chart, whatever draws it. */
export interface Chart {
  /** In file names and addresses. */
  readonly name: string
  /** Texts and terms of the heading, in their order; `{grain}` stands for how long a bucket is. */
  readonly title: readonly (string | { readonly figure: string; readonly text: string })[]
  /** What it shows, in one sentence. */
  readonly note: string
  /** Fields of a point of the series that it is made of, as GraphQL. */
  readonly fields: string
  /** Whether the values are those at the end of a bucket, rather than what happened in it. */
  readonly isClosing: boolean
  /** Whether the scale begins at zero. */
  readonly fromZero: boolean
  readonly isWide?: boolean
  /** Where executed buybacks are marked: at their price, or on the ground; left out where they are not. */
  readonly buybacks?: 'price' | 'ground'
  readonly lines: (span: Span) => readonly Line[]
}
