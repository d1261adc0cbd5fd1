import { keccak256 } from 'viem'

/** Bytes of a bloom filter of logs. */
export const BLOOM_BYTES = 256

/** The three bits of 2,048 that a value sets in a bloom filter of logs (Yellow Paper, 4.3.1). */
export function bloomBits(hex: `0x${string}`): readonly [number, number, number] {
  const digest = keccak256(hex, 'bytes')
  const bit = (index: number): number => (((digest[index] ?? 0) << 8) | (digest[index + 1] ?? 0)) & 2047
  return [bit(0), bit(2), bit(4)]
}

/** Sets bits; bit 0 is the lowest of the last byte. */
export function setBits(bloom: Uint8Array, bits: readonly number[]): void {
  for (const bit of bits) {
    const index = BLOOM_BYTES - 1 - (bit >> 3)
    bloom[index] = (bloom[index] ?? 0) | (1 << (bit & 7))
  }
}
