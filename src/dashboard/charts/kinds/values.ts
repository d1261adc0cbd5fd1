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

/**
 * One value of each bucket that has to be reckoned: exact arithmetic on text is slow, and buckets are the same in every window,
 * so that each is reckoned once.
 */
export function reckoned(reckon: (point: Point) => string | null): (span: Span) => (string | null)[] {
  const known = new WeakMap<Point, string | null>()
  return ({ points }) =>
    points.map((point) => {
      const value = known.get(point)
      if (value !== undefined) return value
      const found = reckon(point)
      known.set(point, found)
      return found
    })
}
