import type { SeriesPoint } from '../../core/series-points'

/** Width and height of the drawing, in its own units: whole numbers, so that paths stay short. */
export const DRAWING = 1000

/** A line of the chart: a figure at the end of each day, and at the answer's instant. */
export interface Line {
  /** Unix seconds. */
  readonly times: readonly number[]
  readonly values: readonly bigint[]
}

/** What an axis reaches from and to; always with 0, so that heights compare as the amounts do. */
export interface Scale {
  readonly least: bigint
  readonly most: bigint
}

/** When a day closed, or when the answer cuts it off; in unix seconds. */
export function closingTime({ isOpen, span, end }: SeriesPoint): number {
  return isOpen ? span.to : end
}

/** A scale for all of these values, which ends at a round number: 1, 2, 2.5 or 5 and noughts. */
export function scaleOf(values: readonly bigint[]): Scale {
  const least = values.reduce((low, value) => (value < low ? value : low), 0n)
  const most = values.reduce((high, value) => (value > high ? value : high), 0n)
  return { least: -roundUp(-least), most: least === 0n && most === 0n ? 1n : roundUp(most) }
}

function roundUp(amount: bigint): bigint {
  if (amount <= 0n) return 0n
  const power = 10n ** BigInt(Math.max(0, amount.toString().length - 2))
  const steps = [10n, 20n, 25n, 50n, 100n]
  return (steps.find((step) => step * power >= amount) ?? 100n) * power
}

/** The path of a line; a single value is drawn over the whole width. */
export function pathOf({ times, values }: Line, scale: Scale): string {
  const first = times[0] ?? 0
  const length = (times.at(-1) ?? first) - first
  const points = values.map((value, index) => {
    const x = length === 0 ? 0 : Math.round((((times[index] ?? first) - first) * DRAWING) / length)
    return `${x} ${heightOf(value, scale)}`
  })
  return `M${points.join(' ')}${length === 0 ? `H${DRAWING}` : ''}`
}

/** The area between a line and 0. */
export function areaOf(line: Line, scale: Scale): string {
  return `${pathOf(line, scale)}V${heightOf(0n, scale)}H0Z`
}

/** Where a value is, counted from the top. */
function heightOf(value: bigint, { least, most }: Scale): number {
  return DRAWING - Number(((value - least) * BigInt(DRAWING)) / (most - least))
}
