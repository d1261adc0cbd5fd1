import { useEffect, useState } from 'preact/hooks'
import type { WindowName } from '../generated'

/** The windows of time that figures and charts are shown for, with what they are called. */
export const WINDOWS: readonly {
  readonly name: WindowName
  readonly short: string
  readonly long: string
}[] = [
  { name: 'd1', short: '24 h', long: 'last 24 hours' },
  { name: 'd7', short: '7 d', long: 'last 7 days' },
  { name: 'd30', short: '30 d', long: 'last 30 days' },
  { name: 'd365', short: '1 y', long: 'last year' },
  { name: 'all', short: 'All', long: 'all time' },
]

const BY_DEFAULT: WindowName = 'd30'
const ACCOUNT = /^\/account\/(0x[0-9a-fA-F]{40})\/?$/

/** What the address names. */
export interface Route {
  readonly window: WindowName
  /** Lower case; undefined on the overview. */
  readonly account: string | undefined
}

function currentRoute(): Route {
  const asked = new URLSearchParams(location.search).get('window')
  const window = WINDOWS.find(({ name }) => name === asked)?.name ?? BY_DEFAULT
  return { window, account: ACCOUNT.exec(location.pathname)?.[1]?.toLowerCase() }
}

/** The address of a view: what differs from the present one is named. */
export function addressOf(change: Partial<Route>, route = currentRoute()): string {
  const { window, account } = { ...route, ...change }
  const path = account === undefined ? '/' : `/account/${account}`
  return window === BY_DEFAULT ? path : `${path}?window=${window}`
}

const heardBy = new Set<() => void>()
const tell = () => {
  for (const heard of heardBy) heard()
}
addEventListener('popstate', tell)

/** Shows another view; the reader's way back leads to this one. */
export function go(change: Partial<Route>): void {
  const address = addressOf(change)
  if (address === `${location.pathname}${location.search}`) return
  const isOtherPage = 'account' in change
  history.pushState(null, '', address)
  tell()
  if (isOtherPage) scrollTo(0, 0)
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
