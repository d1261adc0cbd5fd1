import type { SeriesPoint } from '../core/series-points'

/** When the year that contains an instant began; both in unix seconds. */
export function yearStart(instant: number): number {
  return Date.UTC(new Date(instant * 1000).getUTCFullYear(), 0, 1) / 1000
}

/** When the year that contains an instant ends, which is when the next one begins; both in unix seconds. */
export function yearEnd(instant: number): number {
  return Date.UTC(new Date(instant * 1000).getUTCFullYear() + 1, 0, 1) / 1000
}

/** Months as the calendar years that they are in: each opens with its first month and closes with its last. */
export function calendarYears(months: readonly SeriesPoint[]): SeriesPoint[] {
  const years = new Map<number, SeriesPoint>()
  for (const month of months) {
    const start = yearStart(month.start)
    const sofar = years.get(start)
    years.set(start, {
      ...month,
      start,
      end: yearEnd(start),
      isOpen: month.isOpen,
      hasEvents: month.hasEvents || sofar?.hasEvents === true,
      span: { ...month.span, ...(sofar && { from: sofar.span.from, opening: sofar.span.opening }) },
    })
  }
  return [...years.values()]
}
