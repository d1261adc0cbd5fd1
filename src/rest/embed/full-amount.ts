import { formatUnits } from '../../core/units'

/** How an amount is shown that a widget is about. */
export interface FullAmount {
  /** Digits before the point in groups of three, with the sign; only looks tell the groups apart. */
  readonly groups: readonly string[]
  /** From the point on. */
  readonly rest: string
}

const PLACES = 2

/** An amount to two digits after the point, cut and not rounded: there is never less than what is shown. */
export function fullAmount(amount: bigint, decimals: number): FullAmount {
  const sign = amount < 0n ? '-' : ''
  const size = amount < 0n ? -amount : amount
  const [whole = '0', fraction = ''] = formatUnits(size, decimals).split('.')
  const shown = fraction.slice(0, PLACES).padEnd(PLACES, '0')
  // What is not nothing must not look as if it were.
  if (size > 0n && whole === '0' && Number(shown) === 0) {
    return { groups: [`${sign === '' ? '<' : '>'}${sign}0`], rest: `.${'1'.padStart(PLACES, '0')}` }
  }
  const [first = '', ...others] = whole.match(/\d{1,3}(?=(\d{3})*$)/g) ?? []
  return { groups: [`${sign}${first}`, ...others], rest: `.${shown}` }
}
