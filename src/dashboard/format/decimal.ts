/** Exact sums of decimal texts: amounts do not fit a number. */

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}

const placesOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0

/** a − b, without trailing zeros. */
export function difference(a: string, b: string): string {
  const places = Math.max(placesOf(a), placesOf(b))
  const result = scaled(a, places) - scaled(b, places)
  const digits = String(result < 0n ? -result : result).padStart(places + 1, '0')
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}${fraction && `.${fraction}`}`
  return result < 0n ? `-${text}` : text
}
