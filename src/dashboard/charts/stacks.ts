import type { Line } from './model'

/** Where a line is drawn: its values as numbers, on top of what it stands on. Only positions of pixels are made of them. */
export type Heights = readonly (number | null)[]

/**
 * The heights of lines that are shown, in their order. Nothing can stand on what is unknown: there is a gap above it, too.
 * @param isShown whether the line at an index is switched on; what is not takes no room
 */
export function heightsOf(lines: readonly Line[], isShown: (index: number) => boolean): Heights[] {
  const tops = new Map<string, Heights>()
  return lines.map((line, index) => {
    const { look, values } = line
    const numbers = values.map((value) => (value === null ? null : Number(value)))
    if (look?.stack === undefined) return numbers
    if (!isShown(index)) return numbers.map(() => null)
    const sign = look.stack === 'down' ? -1 : 1
    const below = tops.get(look.stack)
    const heights = numbers.map((number, at) => {
      const ground = below === undefined ? 0 : below[at]
      return number === null || ground === null || ground === undefined ? null : ground + sign * number
    })
    tops.set(look.stack, heights)
    return heights
  })
}

/** What a line stands on, in its buckets: the heights of the shown one below it, or the ground. */
export function groundOf(
  lines: readonly Line[],
  heights: readonly Heights[],
  index: number,
  isShown: (index: number) => boolean,
): Heights {
  const stack = lines[index]?.look?.stack
  const below = lines.findLastIndex((line, at) => at < index && line.look?.stack === stack && isShown(at))
  return heights[below] ?? lines[index]?.values.map(() => 0) ?? []
}

/** In which order lines are painted: what stands on others first, so that those cover it; lines over areas. */
export function paintOrder(lines: readonly Line[]): number[] {
  const drawn = lines.flatMap(({ look }, index) => (look && look.kind !== 'marks' ? [index] : []))
  const isStacked = (index: number) => lines[index]?.look?.stack !== undefined
  return [...drawn.filter(isStacked).reverse(), ...drawn.filter((index) => !isStacked(index))]
}
