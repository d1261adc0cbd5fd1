import { ACCOUNT } from './figures/account'
import { BUYBACK } from './figures/buyback'
import type { Figure } from './figures/figure'
import { POLICY_BURN, POLICY_REWARDS } from './figures/policy'
import { PRICE } from './figures/price'
import { STAKING } from './figures/staking'
import { SUPPLY } from './figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from './figures/treasury'
import { USAGE } from './figures/usage'
import { WINDOW, WINDOW_POLICY_BURN, WINDOW_POLICY_REWARDS } from './figures/window'

/** Every figure, by group; the path of a figure is its group and its name. */
export const FIGURES = {
  supply: SUPPLY,
  staking: STAKING,
  treasury: TREASURY,
  'treasury.outflow': TREASURY_OUTFLOW,
  buyback: BUYBACK,
  price: PRICE,
  usage: USAGE,
  'policy.burn': POLICY_BURN,
  'policy.rewards': POLICY_REWARDS,
  account: ACCOUNT,
  window: WINDOW,
  'window.policy.burn': WINDOW_POLICY_BURN,
  'window.policy.rewards': WINDOW_POLICY_REWARDS,
} as const

export type FigureGroupName = keyof typeof FIGURES

/** What one figure is, without how it is computed. */
export interface FigureEntry extends Omit<Figure<never>, 'value'> {
  readonly group: FigureGroupName
  readonly name: string
}

/** A column as SQL spells it. */
export function sqlColumn(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The data dictionary: every figure with its name, unit, definition and source. */
export function dataDictionary(): FigureEntry[] {
  return Object.entries(FIGURES).flatMap(([group, figures]) =>
    Object.entries<Figure<never>>(figures).map(([name, { value, ...entry }]) => ({
      group: group as FigureGroupName,
      name,
      ...entry,
    })),
  )
}
