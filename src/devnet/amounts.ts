/** Base units of a whole amount of $ASHAO (18 decimals). */
export function ashao(whole: number): bigint {
  return BigInt(whole) * 10n ** 18n
}

/** Base units of a whole amount of USDC (6 decimals). */
export function usdc(whole: number): bigint {
  return BigInt(whole) * 10n ** 6n
}
