import { useEffect, useState } from 'preact/hooks'
import { type Route, routeOf, writtenOut } from './views'

export { WINDOWS } from './views'

const currentRoute = (): Route => routeOf(location.pathname, location.search)

/** The address of a view: what differs from the present one is named. */
export function addressOf(change: Partial<Route>): string {
  return writtenOut({ ...currentRoute(), ...change })
}

const heardBy = new Set<() => void>()
const tell = () => {
  for (const heard of heardBy) heard()
}
addEventListener('popstate', tell)

/**
 * Shows another view; the reader's way back leads to this one, unless the other takes its place, as that of a part of the page
 * does.
 */
export function go(change: Partial<Route>, isInstead = false): void {
  const address = addressOf(change)
  if (address === `${location.pathname}${location.search}`) return
  const before = currentRoute().account
  if (isInstead) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  tell()
  if (currentRoute().account === before) return
  scrollTo(0, 0)
  // Who reads with ears or keys begins at what is new, as after any other link.
  document.getElementById('content')?.focus({ preventScroll: true })
}

/** What the address names now. */
export function useRoute(): Route {
  const [, redraw] = useState(0)
  useEffect(() => {
    const heard = () => redraw((count) => count + 1)
    heardBy.add(heard)
    return () => void heardBy.delete(heard)
  }, [])
  return currentRoute()
}
