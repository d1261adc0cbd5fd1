import type { SeriesPartsFragment } from '../generated'

type Points = readonly SeriesPartsFragment[]

/** Known buckets and newer ones, which take the place of those that they overlap. Both ascending. */
export function joined(known: Points, newer: Points): Points {
  const [first] = newer
  if (first === undefined) return known
  return [...known.filter(({ start }) => Date.parse(start) < Date.parse(first.start)), ...newer]
}

/**
 * Whether the oldest bucket that both have is another one now, though it was closed: the history was rewritten further back
 * than the overlap reaches.
 */
export function isRewritten(known: Points, newer: Points): boolean {
  const [first] = newer
  const before = known.find(({ start }) => start === first?.start)
  if (first === undefined || before === undefined) return true
  return !before.isOpen && JSON.stringify(before) !== JSON.stringify(first)
}
