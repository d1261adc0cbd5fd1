import {
  evaluate,
  type Figure,
  type FigureUnit,
  type FigureValue,
  withKnown,
} from '../../core/figures/figure'
import { isUnknown, type Known, UNKNOWN_REASONS, type Unknown } from '../../core/known'
import type { Policy } from '../../core/policy'
import { formatUnits } from '../../core/units'
import type { Unit, Units } from '../../read/units'
import { compactAmount } from '../compact-amount'
import { fullAmount } from './full-amount'
import { type Markup, markup, NOTHING } from './markup'

/** An amount of an asset, or why there is none. */
export interface Amount {
  readonly value: Known<bigint>
  readonly unit: Unit
}

/**
 * Computes an amount of the dictionary.
 * @throws TypeError where the figure is no amount
 */
export function amountOf<Input extends { readonly policy: Policy }>(
  figure: Figure<Input>,
  input: Known<Input>,
  units: Units,
): Amount {
  if (!isAsset(figure.unit)) throw new TypeError(`a figure in ${figure.unit} is no amount of an asset`)
  const unit = units[figure.unit]
  const value = withKnown<Input, FigureValue>(input, (known) => evaluate(figure, known))
  if (isUnknown(value) || typeof value === 'bigint') return { value, unit }
  throw new TypeError(`a figure in ${figure.unit} is no bigint`)
}

function isAsset(unit: FigureUnit): unit is keyof Units {
  return unit === 'token' || unit === 'stable' || unit === 'reward'
}

/** The figure that a widget is about, to the cent. */
export function leadingAmount({ value, unit }: Amount): Markup {
  if (isUnknown(value)) return markup`<p class="lead">${unknownText(value)}</p>`
  const { groups, rest } = fullAmount(value, unit.decimals)
  const digits = markup`${groups.map((group) => markup`<span>${group}</span>`)}${rest} ${symbolOf(unit)}`
  return markup`<p class="lead">${exactly(value, unit, `${groups.join('')}${rest}`, digits)}</p>`
}

/** A figure of a list, with what it is called; its symbol is left out where it is that of the whole widget. */
export function listedAmount(
  name: string,
  { value, unit }: Amount,
  symbolOfAll: string,
  mark = NOTHING,
): Markup {
  const term = markup`<dt>${mark}${name}</dt>`
  if (isUnknown(value)) return markup`<div>${term}<dd>${unknownText(value)}</dd></div>`
  const text = compactAmount(value, unit.decimals)
  const shown = unit.symbol === symbolOfAll ? markup`${text}` : markup`${text} ${symbolOf(unit)}`
  return markup`<div>${term}<dd>${exactly(value, unit, text, shown)}</dd></div>`
}

function symbolOf({ symbol }: Unit): Markup {
  return markup`<small>${symbol}</small>`
}

/** Why a figure has no value, in words. */
function unknownText({ unknown }: Unknown): Markup {
  const reason = UNKNOWN_REASONS[unknown].replace(/\.$/, '')
  return markup`<span class="unknown">unknown: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}</span>`
}

/**
 * The exact amount is in `value` and shows on hover, however short it is shown. It is read out in one piece: a screen
 * reader may take groups of digits for separate numbers.
 */
function exactly(value: bigint, { symbol, decimals }: Unit, text: string, shown: Markup): Markup {
  const exact = formatUnits(value, decimals)
  return markup`<data value="${exact}" title="${exact} ${symbol}" role="img" aria-label="${text} ${symbol}">${shown}</data>`
}
