import type { LogFilter, NodeLog } from '../rpc/node-types'
import { bytesOfData } from './hex-bytes'
import { keccak } from './keccak'

/** Bits of a bloom: 256 bytes (yellow paper, 4.3.1). */
const BITS = 2_048
/** Index of the last hex digit of a bloom as text. */
const LAST_DIGIT = 2 + BITS / 4 - 1

/** The three bits that an address or a topic sets in the bloom of its block; bit 0 is the lowest of the last byte. */
type Bits = readonly [number, number, number]

/** The value of a hex digit by its character code. */
const NIBBLE = new Uint8Array(128)
for (const digit of '0123456789abcdefABCDEF') NIBBLE[digit.charCodeAt(0)] = Number.parseInt(digit, 16)

/**
 * Prepares the question whether the block with a bloom could hold a log of any of these filters. A no is certain; a
 * yes may be wrong, the less often the emptier the bloom.
 * @returns a test of `logsBloom` as `checkHeader` lets it pass
 */
export function bloomTest(filters: readonly LogFilter[]): (bloomHex: string) => boolean {
  // Of each filter: lists, of each of which one member at least has to be there.
  const demands = filters.map(({ addresses, topics }) =>
    [addresses, ...topics]
      .filter((any) => any !== null)
      .filter((any) => any.length > 0)
      .map((any) => any.map(bitsOf)),
  )
  return (bloomHex) => demands.some((demand) => demand.every((any) => holdsAny(bloomHex, any)))
}

/**
 * Whether a bloom has what this log set in it. If not, the log is not of the block with that bloom.
 * @param bloomHex `logsBloom` as `checkHeader` lets it pass
 */
export function bloomHolds(bloomHex: string, log: Pick<NodeLog, 'address' | 'topics'>): boolean {
  if (!holds(bloomHex, knownBitsOf(log.address))) return false
  for (const topic of log.topics) if (!holds(bloomHex, knownBitsOf(topic))) return false
  return true
}

function holdsAny(bloomHex: string, any: readonly Bits[]): boolean {
  for (const bits of any) if (holds(bloomHex, bits)) return true
  return false
}

function holds(bloomHex: string, [first, second, third]: Bits): boolean {
  return isSet(bloomHex, first) && isSet(bloomHex, second) && isSet(bloomHex, third)
}

function isSet(bloomHex: string, bit: number): boolean {
  const nibble = NIBBLE[bloomHex.charCodeAt(LAST_DIGIT - (bit >> 2))] ?? 0
  return (nibble & (1 << (bit & 3))) !== 0
}

function bitsOf(value: string): Bits {
  const hash = keccak(bytesOfData(value))
  const bit = (index: number): number => (((hash[index] ?? 0) << 8) | (hash[index + 1] ?? 0)) % BITS
  return [bit(0), bit(2), bit(4)]
}

/** Hashing costs more than all the rest, and the same few contracts, topics and accounts come again and again. */
const known = new Map<string, Bits>()
const MOST_KNOWN = 20_000

function knownBitsOf(value: string): Bits {
  let bits = known.get(value)
  if (bits === undefined) {
    // Starting over is rare and cheap; forgetting one by one would cost at every look-up.
    if (known.size >= MOST_KNOWN) known.clear()
    bits = bitsOf(value)
    known.set(value, bits)
  }
  return bits
}
