import type { Bucket, Buyback, Chart, Line } from './model'
import { type Heights, heightsOf } from './stacks'

/** What is drawn of a chart now. */
export interface Drawing {
  readonly chart: Chart
  readonly lines: readonly Line[]
  readonly buckets: readonly Bucket[]
  /** Where each bucket is, in unix seconds: closings when they closed, changes in the middle. */
  readonly places: readonly number[]
  readonly from: number
  readonly to: number
  readonly heights: readonly Heights[]
  readonly isShown: (index: number) => boolean
  readonly marks: readonly { readonly at: number; readonly price: number }[]
}

const unix = (iso: string): number => Date.parse(iso) / 1_000

/** @param instant where the open bucket ends for now, in unix seconds */
export function drawingOf(
  chart: Chart,
  lines: readonly Line[],
  buckets: readonly Bucket[],
  instant: number,
  hidden: ReadonlySet<string>,
  buybacks: readonly (readonly Buyback[])[] | null,
): Drawing {
  const isShown = (index: number) => !hidden.has(lines[index]?.key ?? '')
  const places = buckets.map(({ start, end }) =>
    chart.isClosing ? Math.min(unix(end), Math.max(instant, unix(start))) : (unix(start) + unix(end)) / 2,
  )
  const [first] = buckets
  const last = buckets.at(-1)
  const isLine = chart.isClosing && buckets.length > 1
  const areMarksShown = lines.some(({ look }, index) => look?.kind === 'marks' && isShown(index))
  const rows = areMarksShown ? (buybacks ?? []).flat() : []
  return {
    chart,
    lines,
    buckets,
    places,
    from: (isLine ? places[0] : first && unix(first.start)) ?? 0,
    to: (isLine ? places.at(-1) : last && unix(last.end)) ?? 1,
    heights: heightsOf(lines, isShown),
    isShown,
    marks: rows.map(({ timestamp, price }) => ({ at: unix(timestamp), price: Number(price) })),
  }
}
