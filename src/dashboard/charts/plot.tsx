import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Drawing } from './drawing'
import { onPaletteChange } from './palette'
import { plotData, plotOptions } from './plot-options'
import { paintOrder } from './stacks'
import { Tooltip } from './tooltip'

interface Drawn {
  readonly drawing: Drawing
  /** What it is called to who cannot see it. */
  readonly label: string
  /** A bucket with its values, in words. */
  readonly textOf: (index: number) => string
  readonly tooltip: (index: number) => ComponentChildren
}

/** How many buckets Page Up and Page Down pass over. */
const LEAP = 10
/** Pixels of a tall tooltip. */
const TOOLTIP = 220
/** Pixels of a dot; where many are near each other, less. */
const DOT = { least: 2.5, most: 6 }

/** A chart with a cursor that follows a pointer, a finger, or the arrow keys. */
export function Plot({ drawing, label, textOf, tooltip }: Drawn) {
  const { room, plot } = usePlot(drawing)
  const [chosen, choose] = useState<number>()
  const count = drawing.buckets.length
  const index = chosen === undefined ? undefined : Math.min(chosen, count - 1)
  const follow = (event: PointerEvent) => {
    if (plot.current === undefined || isWithinTooltip(event)) return
    const { left } = plot.current.over.getBoundingClientRect()
    choose(nearest(drawing, plot.current.posToVal(event.clientX - left, 'x')))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return choose(undefined)
    const next = steppedTo(event.key, index ?? count - 1, count)
    if (next === undefined) return
    event.preventDefault()
    choose(next)
  }
  const at = index === undefined ? undefined : drawing.places[index]
  const left =
    at === undefined || plot.current === undefined
      ? undefined
      : plot.current.valToPos(at, 'x') + plot.current.bbox.left / devicePixelRatio
  return (
    <div
      class="plot-room"
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={({ pointerType }) => pointerType === 'touch' || choose(undefined)}
    >
      <div
        ref={room}
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={(index ?? count - 1) + 1}
        aria-valuetext={textOf(index ?? count - 1)}
        onKeyDown={onKeyDown}
        onFocus={() => room.current?.matches(':focus-visible') && choose(index ?? count - 1)}
        onBlur={() => choose(undefined)}
      />
      {index !== undefined && left !== undefined && (
        <Tooltip left={left} width={room.current?.clientWidth ?? 0} isAbove={isLow(room.current)}>
          {tooltip(index)}
        </Tooltip>
      )}
    </div>
  )
}

/** Whether what is below an element would be out of sight. */
function isLow(element: Element | null): boolean {
  const { top = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {}
  return bottom + TOOLTIP > innerHeight && top > TOOLTIP
}

const isWithinTooltip = ({ target }: Event) =>
  target instanceof Element && target.closest('.chart-tooltip') !== null

function nearest({ places, buckets, chart }: Drawing, at: number): number {
  // What happened in a bucket belongs to its whole width; a closing to the nearest one.
  if (!chart.isClosing) {
    const found = buckets.findIndex(({ end }) => Date.parse(end) / 1_000 > at)
    return found === -1 ? buckets.length - 1 : found
  }
  const after = places.findIndex((place) => place >= at)
  if (after === -1) return places.length - 1
  const isBefore = after > 0 && at - (places[after - 1] ?? 0) < (places[after] ?? 0) - at
  return isBefore ? after - 1 : after
}

function steppedTo(key: string, index: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -LEAP,
    PageUp: LEAP,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.min(Math.max(index + step, 0), count - 1)
}

/** The plot, and the element that it is in: made once, and given what is new. */
function usePlot(drawing: Drawing) {
  const room = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const present = useRef(drawing)
  const shown = useRef('')
  present.current = drawing
  useLayoutEffect(() => {
    const element = room.current
    if (element === null) return
    const { clientWidth, clientHeight } = element
    const options = plotOptions(() => present.current, clientWidth, clientHeight)
    const made = new uPlot(options, [[]], element)
    plot.current = made
    const sizes = new ResizeObserver(() => {
      if (element.clientWidth === made.width && element.clientHeight === made.height) return
      made.setSize({ width: element.clientWidth, height: element.clientHeight })
    })
    sizes.observe(element)
    const deaf = onPaletteChange(() => made.batch(() => made.redraw()))
    return () => {
      deaf()
      sizes.disconnect()
      made.destroy()
    }
  }, [])
  useLayoutEffect(() => {
    if (plot.current) redraw(plot.current, drawing, shown)
  }, [drawing])
  return { room, plot }
}

/** @param shown which lines were shown when it was drawn last */
function redraw(plot: uPlot, drawing: Drawing, shown: { current: string }): void {
  const order = paintOrder(drawing.lines)
  const now = order.map(drawing.isShown).join()
  const dot = Math.min(DOT.most, Math.max(DOT.least, (plot.width / drawing.places.length) * 0.6))
  plot.batch(() => {
    if (now !== shown.current) {
      for (const [at, index] of order.entries()) plot.setSeries(at + 1, { show: drawing.isShown(index) })
    }
    for (const { points } of plot.series) if (points) points.size = dot
    plot.setData(plotData(drawing))
  })
  shown.current = now
}
