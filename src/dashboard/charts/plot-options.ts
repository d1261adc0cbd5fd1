import uPlot from 'uplot'
import { scaleText, timeMarks, timeTexts } from './axis-text'
import type { Drawing } from './drawing'
import type { Line } from './model'
import { palette } from './palette'
import { drawMarks, shadeOpenBucket } from './plot-layers'
import { groundOf, type Heights, paintOrder } from './stacks'

const FONT = '12px system-ui, "DejaVu Sans", sans-serif'
/** Pixels that a mark of time needs, that an axis takes at the side, and below. */
const MARK = 62
const SIDE = 54
const FOOT = 30

/** How a chart is drawn; what changes is looked up in the present drawing each time. */
export function plotOptions(present: () => Drawing, width: number, height: number): uPlot.Options {
  const { lines, chart } = present()
  const order = paintOrder(lines)
  const right = lines.find(({ look }) => look?.isRight)
  const left = lines.find(({ look }) => look && !look.isRight && look.kind !== 'marks')
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, right ? 0 : 24, 0, 0],
    // Lines of the grid stay visible over areas.
    drawOrder: ['series', 'axes'] as unknown as uPlot.DrawOrderKey[],
    scales: {
      x: { time: true, range: () => [present().from, present().to] },
      y: { range: (_, low, high) => yRange(present(), low, high, chart.fromZero) },
      right: { range: (_, low, high) => yRange(undefined, low, high, right?.unit !== 'token') },
    },
    axes: [
      {
        stroke: () => palette().of('--quiet'),
        font: FONT,
        size: FOOT,
        grid: { show: false },
        ticks: { stroke: () => palette().of('--line'), width: 1, size: 5 },
        splits: (plot, _, from, to) =>
          timeMarks(from, to, Math.max(2, Math.floor(plot.bbox.width / devicePixelRatio / MARK))),
        values: (_, marks) => timeTexts(marks),
      },
      yAxis('y', left, true),
      ...(right ? [yAxis('right', right, false)] : []),
    ],
    series: [{}, ...order.map((index) => seriesOf(present, index))],
    hooks: {
      drawClear: [(plot) => shadeOpenBucket(plot, present())],
      draw: [(plot) => drawMarks(plot, present())],
    },
  }
}

function yAxis(scale: string, line: Line | undefined, hasGrid: boolean): uPlot.Axis {
  return {
    scale,
    side: hasGrid ? 3 : 1,
    size: SIDE,
    gap: 4,
    font: FONT,
    stroke: () => palette().of('--quiet'),
    grid: { show: hasGrid, stroke: () => palette().of('--line'), width: 1 },
    ticks: { show: false },
    space: 34,
    values: (_, marks) => marks.map((mark) => scaleText(mark, line?.unit ?? 'count')),
  }
}

function seriesOf(present: () => Drawing, index: number): uPlot.Series {
  const look = present().lines[index]?.look
  if (look === undefined) return {}
  const { kind, colour, pattern, dash, isRight } = look
  const isFilled = kind === 'bar' || kind === 'area'
  const stroke = () => palette().of(colour)
  return {
    scale: isRight ? 'right' : 'y',
    width: kind === 'bar' ? 0 : 1.75,
    stroke,
    // A pattern is what a canvas fills with, though the types name colours alone.
    ...(isFilled
      ? { fill: (() => palette().fill(colour, pattern ?? 'solid', kind === 'area')) as () => string }
      : {}),
    ...(dash ? { dash: [...dash] } : {}),
    paths: kind === 'bar' ? barsOf(present, index) : pathsOf(kind),
    points:
      kind === 'points'
        ? { show: true, size: 6, fill: stroke, stroke }
        : { show: kind !== 'bar', size: 6, fill: stroke, stroke, filter: alone },
  }
}

const { bars, linear, stepped } = uPlot.paths

function pathsOf(kind: string): uPlot.Series.PathBuilder {
  if (kind === 'points') return () => null
  return (kind === 'step' ? stepped?.({ align: 1 }) : linear?.()) ?? (() => null)
}

/** Each bar from what it stands on: painted over one another, their edges would show. */
function barsOf(present: () => Drawing, index: number): uPlot.Series.PathBuilder {
  const values = (read: (drawing: Drawing) => Heights) => ({
    unit: 1,
    values: () => [...read(present())] as number[],
  })
  const disp = {
    y0: values(({ lines, heights, isShown }) => groundOf(lines, heights, index, isShown)),
    y1: values(({ heights }) => heights[index] ?? []),
  }
  return bars?.({ size: [0.82, 48], gap: 0, disp }) ?? (() => null)
}

/** A line needs two points: a value between two gaps is a dot. */
function alone(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? []
  const isGap = (index: number) => values[index] === null || values[index] === undefined
  const found: number[] = []
  for (let index = 0; index < values.length; index += 1) {
    if (!isGap(index) && isGap(index - 1) && isGap(index + 1)) found.push(index)
  }
  return found
}

function yRange(
  drawing: Drawing | undefined,
  low: number | null,
  high: number | null,
  fromZero: boolean,
): uPlot.Range.MinMax {
  const isAtPrice = drawing?.chart.buybacks === 'price'
  const prices = isAtPrice ? drawing.marks.map(({ price }) => price) : []
  const all = [...prices, ...[low, high].filter((one) => one !== null && Number.isFinite(one))]
  if (all.length === 0) return [0, 1]
  const least = Math.min(...(all as number[]), ...(fromZero ? [0] : []))
  const most = Math.max(...(all as number[]), ...(fromZero ? [0] : []))
  const pad = (most - least) * 0.06 || Math.abs(most) * 0.05 || 1
  return [fromZero && least === 0 ? 0 : least - pad, fromZero && most === 0 && least < 0 ? 0 : most + pad]
}

/** What uPlot draws: places, then the heights in the order of painting. */
export function plotData({ lines, places, heights }: Drawing): uPlot.AlignedData {
  return [[...places], ...paintOrder(lines).map((index) => [...(heights[index] ?? [])])]
}
