import type { Hash } from '../../core/address'

/** The bytes of hex data (`0x` and two digits for each); anything else gives other bytes, so check it first. */
export function bytesOfData(hex: string): Uint8Array {
  return Buffer.from(hex.slice(2), 'hex')
}

/** The bytes of a quantity as RLP encodes integers: big-endian without leading zeros, nothing for 0. */
export function bytesOfQuantity(hex: string): Uint8Array {
  const digits = hex.slice(2).replace(/^0+/, '')
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

export function hexOfBytes(bytes: Uint8Array): Hash {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}
