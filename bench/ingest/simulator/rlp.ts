/** What RLP can encode: bytes, or lists of such. */
export type RlpItem = Uint8Array | readonly RlpItem[]

/** Recursive-length prefix (Yellow Paper, appendix B), written down on purpose: the product's is another one. */
export function encodeRlp(item: RlpItem): Buffer {
  if (item instanceof Uint8Array) {
    const [first] = item
    if (item.length === 1 && first !== undefined && first < 0x80) return Buffer.from(item)
    return Buffer.concat([prefix(0x80, item.length), item])
  }
  const payload = Buffer.concat(item.map(encodeRlp))
  return Buffer.concat([prefix(0xc0, payload.length), payload])
}

/** A whole number without leading zeros; 0 is no byte at all. */
export function quantityBytes(value: number | bigint): Buffer {
  if (BigInt(value) === 0n) return Buffer.alloc(0)
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

export function hexBytes(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}

function prefix(base: number, length: number): Buffer {
  if (length <= 55) return Buffer.from([base + length])
  const size = quantityBytes(length)
  return Buffer.concat([Buffer.from([base + 55 + size.length]), size])
}
