/** Text in en-US for exact decimals: what is shown may be shorter than the figure, and never more than it. */

const LOCALE = 'en-US'
type Decimal = Intl.StringNumericLiteral

const CUT = { roundingMode: 'trunc' } as const
const FULL = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 20, ...CUT })
const TO_PLACES = [0, 1, 2, 3, 4].map(
  (places) =>
    new Intl.NumberFormat(LOCALE, { minimumFractionDigits: places, maximumFractionDigits: places, ...CUT }),
)
const COMPACT = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumSignificantDigits: 4, ...CUT })
const PERCENT = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  ...CUT,
})

/** Every digit there is, in groups of three. */
export function exact(decimal: string): string {
  return FULL.format(decimal as Decimal)
}

/** So many digits after the point, the rest cut off; what is not nothing does not look as if it were. */
export function cut(decimal: string, places: number): string {
  const format = TO_PLACES[places] ?? FULL
  const text = format.format(decimal as Decimal)
  if (/[1-9]/.test(text) || !/[1-9]/.test(decimal)) return text.replace(/^-(?=[0.,]*$)/, '')
  const least = format.format(`0.${'1'.padStart(places, '0')}` as Decimal)
  return decimal.startsWith('-') ? `> -${places === 0 ? '1' : least}` : `< ${places === 0 ? '1' : least}`
}

/** Four digits and a word for the size: `995.3M`. */
export function compact(decimal: string): string {
  return COMPACT.format(decimal as Decimal)
}

/** A fraction of 1 as percent with two digits. */
export function percent(fraction: string): string {
  return PERCENT.format(fraction as Decimal)
}

/** With its sign, also where that is plus; nothing for nothing. */
export function signed(text: string, decimal: string): string {
  if (decimal.startsWith('-') || !/[1-9]/.test(decimal)) return text
  return `+${text}`
}

/** Base units as a decimal of whole units: `formatUnits('1500000', 6)` is `1.5`. */
export function wholeUnits(baseUnits: string, decimals: number): string {
  const sign = baseUnits.startsWith('-') ? '-' : ''
  const digits = baseUnits.replace('-', '').padStart(decimals + 1, '0')
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${sign}${digits.slice(0, digits.length - decimals)}${fraction && `.${fraction}`}`
}
