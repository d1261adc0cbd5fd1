import { useEffect, useRef, useState } from 'preact/hooks'
import { cut, exact } from '../format/amount'
import type { AmountPartsFragment } from '../generated'

/** Milliseconds in which the counter runs to a new value. */
const RUN = 1_200
/** Digits after the point that are shown. */
const PLACES = 2

/** What was burned; a burn makes it run to its new value, unless the reader wants no motion. Machines are told the end at once. */
export function BurnCounter({ burned: { decimal, symbol } }: { readonly burned: AmountPartsFragment }) {
  const [shown, setShown] = useState(decimal)
  const from = useRef(decimal)
  useEffect(() => {
    const start = Number(from.current)
    const end = Number(decimal)
    from.current = decimal
    if (start >= end || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setShown(decimal)
      return
    }
    const began = performance.now()
    let frame = requestAnimationFrame(function run(now) {
      const part = Math.min(1, (now - began) / RUN)
      // Only looks: the way there is rounded, its end is the exact figure.
      setShown(part === 1 ? decimal : (start + (end - start) * (1 - (1 - part) ** 3)).toFixed(PLACES))
      if (part < 1) frame = requestAnimationFrame(run)
    })
    return () => cancelAnimationFrame(frame)
  }, [decimal])
  return (
    <data class="amount counter" value={decimal} title={`${exact(decimal)} ${symbol}`}>
      <span aria-hidden="true">{cut(shown, PLACES)}</span>
      <span class="spoken">{cut(decimal, PLACES)}</span> <span class="symbol">{symbol}</span>
    </data>
  )
}
