import type { SeriesPartsFragment } from '../../generated'
import type { Span } from '../model'

type Point = SeriesPartsFragment

/** One value of each bucket. */
export function each(
  { points }: Span,
  read: (point: Point) => string | { readonly decimal: string } | null | undefined,
): (string | null)[] {
  return points.map((point) => {
    const value = read(point)
    return typeof value === 'string' ? value : (value?.decimal ?? null)
  })
}

/** Why a figure of what happened in a bucket is unknown, in the API's words. */
export function whyOf({ points }: Span, figure: string): (index: number) => string | undefined {
  return (index) => points[index]?.change.unknown.find((one) => one.figure === figure)?.explanation
}
