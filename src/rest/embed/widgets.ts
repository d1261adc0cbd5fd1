import type { z } from 'zod'
import { parseAsOfQuery } from '../as-of-query'
import { ParametersInvalid } from '../errors'
import { BURN_COUNTER } from './burn-counter'
import { SUPPLY_CHART } from './supply-chart'
import { TREASURY_CARD } from './treasury-card'
import type { Widget, WidgetQuery } from './widget'

/** Every widget by the last part of its path. */
export const WIDGETS = { treasury: TREASURY_CARD, burn: BURN_COUNTER, supply: SUPPLY_CHART } as const

/** What is known of every widget, whatever else it can be asked for. */
export type AnyWidget = Pick<Widget, 'title' | 'size' | 'narrowHeight'> & {
  readonly query: z.ZodType<WidgetQuery>
}

/** A widget that an address names. */
export interface FoundWidget {
  readonly widget: AnyWidget
  /** Address of its page, with its parameters. */
  readonly source: string
}

/**
 * Finds what an address shows in a frame: a widget with parameters that it knows, and the treasury for the index page.
 * @param base address of the service, without a slash at the end
 * @returns undefined where it shows nothing of ours
 */
export function findWidget(base: string, address: string): FoundWidget | undefined {
  if (!URL.canParse(address)) return undefined
  const { origin, pathname, search, username, password } = new URL(address)
  const service = new URL(base)
  const root = service.pathname.replace(/\/$/, '')
  if (origin !== service.origin || username !== '' || password !== '') return undefined
  if (pathname === `${root}/`) {
    return search === '' ? { widget: WIDGETS.treasury, source: `${base}/embed/treasury` } : undefined
  }
  for (const [name, widget] of Object.entries<AnyWidget>(WIDGETS)) {
    if (pathname !== `${root}/embed/${name}`) continue
    return isKnown(widget, search) ? { widget, source: `${base}/embed/${name}${search}` } : undefined
  }
  return undefined
}

function isKnown({ query }: AnyWidget, search: string): boolean {
  const parameters = [...new URLSearchParams(search)]
  const byName = new Map(parameters)
  if (byName.size !== parameters.length) return false
  try {
    parseAsOfQuery(query, Object.fromEntries(byName))
    return true
  } catch (error) {
    if (error instanceof ParametersInvalid) return false
    throw error
  }
}
