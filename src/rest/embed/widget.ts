import { z } from 'zod'
import type { EconomyFile } from '../../config/economy-file'
import type { AsOf } from '../../read/as-of'
import type { Reads } from '../../read/reads'
import { choice } from '../as-of-query'
import type { Markup } from './markup'

const THEMES = ['light', 'dark', 'auto'] as const
export type Theme = (typeof THEMES)[number]

/** What every widget can be asked for. */
export interface WidgetQuery {
  readonly theme: Theme
}

export const theme = choice(
  THEMES,
  'Colours: light, dark, or auto for those that the reader prefers, which is also what comes where it is left out.',
).default('auto')

/** Query parameters of a widget that has none of its own, besides the block. */
export const widgetQuery = z.strictObject({ theme })

/** CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A page that other pages may frame. */
export interface Widget<Query extends WidgetQuery = WidgetQuery> {
  readonly title: string
  /** One sentence on what it shows. */
  readonly description: string
  /** How large it is best framed. */
  readonly size: Size
  /** How high it has to be where it is narrower than `NARROW`. */
  readonly narrowHeight: number
  readonly query: z.ZodType<Query>
  /** What it shows at a block, from the same figures as REST. */
  readonly content: (reads: Reads, economy: EconomyFile) => (asOf: AsOf, query: Query) => Promise<Markup>
}

/** Width in CSS pixels below which figures are listed below each other. */
export const NARROW = 360
