import type { FigureUnit, FigureValue } from '../core/figures/figure'
import { FIXED_POINT_DECIMALS, formatUnits } from '../core/units'
import type { Units } from '../read/units'

/** A figure as one decimal string in whole units, for formats that have room for one spelling. */
export function decimalFigure(unit: FigureUnit, value: FigureValue, units: Units): string {
  if (typeof value !== 'bigint') return String(value)
  return formatUnits(value, decimalsOf(unit, units))
}

/** Digits after the point of a figure’s unit: 0 where it is counted in whole numbers. */
export function decimalsOf(unit: FigureUnit, units: Units): number {
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      return units[unit].decimals
    case 'price':
    case 'ratio':
    case 'rewardPerToken':
      return FIXED_POINT_DECIMALS
    default:
      return 0
  }
}

/** What one of a figure is called; undefined where it is a plain number. */
export function symbolOf(unit: FigureUnit, units: Units): string | undefined {
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      return units[unit].symbol
    case 'price':
      return units.stable.symbol
    case 'rewardPerToken':
      return units.reward.symbol
    default:
      return undefined
  }
}
