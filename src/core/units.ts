/** One, in units of 10⁻¹⁸: how prices, ratios and other quotients are kept. */
export const FIXED_POINT = 10n ** 18n

/** Decimals of a number in units of 10⁻¹⁸. */
export const FIXED_POINT_DECIMALS = 18

/**
 * Writes an amount of base units as a decimal string of whole units: exact, no exponent, no thousands
 * separator, no trailing zeros (`formatUnits(1500000n, 6)` is `1.5`).
 */
export function formatUnits(amount: bigint, decimals: number): string {
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/**
 * Reads a plain decimal string of whole units into base units.
 * @returns undefined if the text is not a plain decimal or has more fraction digits than `decimals`.
 */
export function parseUnits(text: string, decimals: number): bigint | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  if (fraction.length > decimals) return undefined
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}
