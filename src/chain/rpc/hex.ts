/** A quantity as JSON-RPC spells it: hex without leading zeros. */
export function inHex(number: number): `0x${string}` {
  return `0x${number.toString(16)}`
}
