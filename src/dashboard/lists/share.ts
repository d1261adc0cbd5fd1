/** Digits after the point that a share is worked out to; the rest is cut off. */
const PLACES = 18
const FORMAT = new Intl.NumberFormat('en-US', {
  style: 'percent',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
  roundingMode: 'trunc',
})
/** What is less than a millionth. */
const LESS = /^0\.0{6}/

/**
 * A part of a whole, both in base units, as a fraction of 1.
 * @returns undefined where there is no whole to be a part of
 */
export function fractionOf(part: string, whole: string): string | undefined {
  const [a, b] = [BigInt(part), BigInt(whole)]
  if (b <= 0n || a < 0n) return undefined
  const digits = String((a * 10n ** BigInt(PLACES)) / b).padStart(PLACES + 1, '0')
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

/** A fraction of 1 as percent with three digits; what is not nothing does not look as if it were. */
export function share(fraction: string): string {
  if (!/[1-9]/.test(fraction)) return '0%'
  if (LESS.test(fraction)) return '< 0.0001%'
  return FORMAT.format(fraction as Intl.StringNumericLiteral)
}
