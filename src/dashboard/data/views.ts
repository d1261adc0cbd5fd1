import type { FlowPurpose, WindowName } from '../generated'

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

/** The lists of what happened, with what they are called. */
export const LISTS = [
  { name: 'burns', title: 'Latest burns' },
  { name: 'biggest', title: 'Biggest burns' },
  { name: 'rewards', title: 'Rewards paid' },
  { name: 'flows', title: 'Treasury flows' },
  { name: 'stakers', title: 'Top stakers' },
] as const
export type ListName = (typeof LISTS)[number]['name']

/** What money goes into and out of the treasury for, with what that is called. */
export const PURPOSES: readonly { readonly purpose: FlowPurpose; readonly title: string }[] = [
  { purpose: 'REVENUE', title: 'Revenue' },
  { purpose: 'BUYBACK', title: 'Buyback' },
  { purpose: 'REWARDS', title: 'Rewards' },
  { purpose: 'INTERNAL', title: 'Internal' },
  { purpose: 'OTHER', title: 'Other' },
]

/** What is shown where an address says nothing. */
const DEFAULTS = { window: 'd30', list: 'burns' } as const
const ACCOUNT = /^\/account\/([^/]*)\/?$/

/** What the address names. */
export interface Route {
  readonly window: WindowName
  /** As it was written, whether or not it is one; undefined on the overview. */
  readonly account: string | undefined
  readonly list: ListName
  /** The only flows that are listed; undefined for all. */
  readonly purpose: FlowPurpose | undefined
}

/** What an address names: a path and a query, `?…`; what it does not name is as by default. */
export function routeOf(path: string, query: string): Route {
  const asked = new URLSearchParams(query)
  return {
    window: WINDOWS.find(({ name }) => name === asked.get('window'))?.name ?? DEFAULTS.window,
    account: decoded(ACCOUNT.exec(path)?.[1]),
    list: LISTS.find(({ name }) => name === asked.get('list'))?.name ?? DEFAULTS.list,
    purpose: PURPOSES.find(({ purpose }) => purpose.toLowerCase() === asked.get('purpose'))?.purpose,
  }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text)
  } catch {
    return text
  }
}

/** How a view is written as an address: what is as by default is left out. */
export function writtenOut({ window, account, list, purpose }: Route): string {
  const query = new URLSearchParams()
  if (window !== DEFAULTS.window) query.set('window', window)
  // Lists are on the overview alone, and purposes are those of one list.
  if (account === undefined && list !== DEFAULTS.list) query.set('list', list)
  if (account === undefined && list === 'flows' && purpose) query.set('purpose', purpose.toLowerCase())
  const path = account === undefined ? '/' : `/account/${encodeURIComponent(account)}`
  return query.size === 0 ? path : `${path}?${query}`
}
