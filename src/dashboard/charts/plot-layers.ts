import type uPlot from 'uplot'
import type { Drawing } from './drawing'
import { palette } from './palette'

/** Half the width of a mark, in pixels; where many of them are near each other, less. */
const MARK = { least: 1.75, most: 5 }

/** The bucket that goes on has another ground: its values are not the last word. */
export function shadeOpenBucket(plot: uPlot, { buckets, chart, from, to }: Drawing): void {
  const last = buckets.at(-1)
  if (last === undefined || !last.isOpen) return
  const { ctx, bbox } = plot
  const start = Math.max(Date.parse(last.start) / 1_000, from)
  const end = chart.isClosing ? to : Date.parse(last.end) / 1_000
  const left = plot.valToPos(start, 'x', true)
  const right = plot.valToPos(end, 'x', true)
  ctx.save()
  ctx.globalAlpha = 0.55
  ctx.fillStyle = palette().of('--line')
  ctx.fillRect(left, bbox.top, right - left, bbox.height)
  ctx.globalAlpha = 1
  ctx.strokeStyle = palette().of('--quiet')
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(left, bbox.top)
  ctx.lineTo(left, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}

/** Triangles where buybacks were executed, with a rim that parts them from what is below. */
export function drawMarks(plot: uPlot, { chart, marks, from, to }: Drawing): void {
  const { ctx, bbox } = plot
  const seen = marks.filter(({ at }) => at >= from && at <= to)
  const room = bbox.width / devicePixelRatio / seen.length
  const size = Math.min(MARK.most, Math.max(MARK.least, room * 0.45)) * devicePixelRatio
  ctx.save()
  ctx.fillStyle = palette().of('--treasury')
  ctx.strokeStyle = palette().of('--card')
  ctx.lineWidth = size / 4
  for (const { at, price } of seen) {
    const x = plot.valToPos(at, 'x', true)
    const isGround = chart.buybacks === 'ground'
    const y = isGround ? bbox.top + bbox.height - size : plot.valToPos(price, 'y', true)
    ctx.beginPath()
    ctx.moveTo(x, y - size)
    ctx.lineTo(x + size, y + size * 0.8)
    ctx.lineTo(x - size, y + size * 0.8)
    ctx.closePath()
    ctx.stroke()
    ctx.fill()
  }
  ctx.restore()
}
