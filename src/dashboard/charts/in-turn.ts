import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Milliseconds until the first of those out of sight, and between two of them. */
const PAUSES = { first: 60, next: 30 } as const

/**
 * What is new at once for who is in sight, and a moment later for others, one after another: so that a page of many charts
 * answers as fast as the few that are looked at.
 * @param turn place among the others, from 0 on
 */
export function useInTurn<Value>(newest: Value, turn: number) {
  const element = useRef<HTMLElement>(null)
  const isSeen = useRef(false)
  const shown = useRef(newest)
  const [, redraw] = useState(0)
  useLayoutEffect(() => {
    if (element.current === null) return
    const watching = new IntersectionObserver((changes) => {
      isSeen.current = changes.at(-1)?.isIntersecting ?? false
    })
    watching.observe(element.current)
    return () => watching.disconnect()
  }, [])
  if (isSeen.current) shown.current = newest
  useEffect(() => {
    if (shown.current === newest) return
    const timer = setTimeout(
      () => {
        shown.current = newest
        redraw((count) => count + 1)
      },
      PAUSES.first + turn * PAUSES.next,
    )
    return () => clearTimeout(timer)
  }, [newest, turn])
  return { element, value: shown.current }
}
