import type { ComponentChildren } from 'preact'

interface Shown {
  /** Pixels from the left of the chart to the cursor, and the chart's width. */
  readonly left: number
  readonly width: number
  /** Whether there is no room below the chart. */
  readonly isAbove: boolean
  readonly children: ComponentChildren
}

/** A line at the bucket that is looked at, and its values on the other side, where they hide nothing that is being looked at. */
export function Tooltip({ left, width, isAbove, children }: Shown) {
  const side = `${left > width / 2 ? 'at-left' : 'at-right'} ${isAbove ? 'above' : 'below'}`
  return (
    <>
      <div class="cursor" style={{ left: `${left}px` }} />
      {/* Told as the value of the chart already. */}
      <div class={`chart-tooltip ${side}`} aria-hidden="true">
        {children}
      </div>
    </>
  )
}
