import { formatUnits } from '../core/units'

const STEPS: readonly (readonly [power: bigint, letter: string])[] = [
  [12n, 'T'],
  [9n, 'B'],
  [6n, 'M'],
  [3n, 'k'],
]

/**
 * An amount at a glance, never more than there is: rounded towards zero to a tenth of a thousand, million, billion or
 * trillion (`12.3M`), to hundredths below, to three digits where it is less than one.
 */
export function compactAmount(amount: bigint, decimals: number): string {
  if (amount < 0n) return `-${compactAmount(-amount, decimals)}`
  const step = STEPS.find(([power]) => amount >= 10n ** (power + BigInt(decimals)))
  if (step !== undefined) {
    const [power, letter] = step
    return `${formatUnits((amount * 10n) / 10n ** (power + BigInt(decimals)), 1)}${letter}`
  }
  const [whole = '0', fraction = ''] = formatUnits(amount, decimals).split('.')
  const kept = whole === '0' ? /^0*\d{0,3}/.exec(fraction)?.[0] : fraction.slice(0, 2)
  const digits = (kept ?? '').replace(/0+$/, '')
  return digits === '' ? whole : `${whole}.${digits}`
}
