import { decode } from '@ethereumjs/rlp'
import { hexOfBytes } from '../../chain/verify/hex-bytes'
import { keccak } from '../../chain/verify/keccak'
import type { Hash } from '../../core/address'

/** What a header says of its block. */
export interface HeaderFacts {
  /** Keccak-256 of the header. */
  readonly hash: Hash
  readonly parentHash: Hash
  readonly receiptsRoot: Uint8Array
  readonly number: number
  /** Unix seconds. */
  readonly timestamp: number
}

/** Places in a header, the same since Frontier: forks append (yellow paper, 4.3). */
const PARENT_HASH = 0
const RECEIPTS_ROOT = 5
const NUMBER = 8
const TIMESTAMP = 11
/** A number that JavaScript holds exactly. */
const LONGEST_INTEGER = 6

/**
 * @param rlp a header's encoding
 * @throws RangeError if it is none
 */
export function headerFacts(rlp: Uint8Array): HeaderFacts {
  let fields: unknown
  try {
    fields = decode(rlp)
  } catch {
    throw new RangeError('the header is not RLP')
  }
  const field = (index: number): Uint8Array => {
    const value = Array.isArray(fields) ? (fields[index] as unknown) : undefined
    if (value instanceof Uint8Array) return value
    throw new RangeError('the header is no list of fields')
  }
  const hash = (index: number): Uint8Array => {
    if (field(index).length !== 32) throw new RangeError(`field ${index} of the header is no hash`)
    return field(index)
  }
  const integer = (index: number): number => {
    if (field(index).length > LONGEST_INTEGER) {
      throw new RangeError(`field ${index} of the header is no height and no time`)
    }
    return field(index).reduce((number, byte) => number * 256 + byte, 0)
  }
  return {
    hash: hexOfBytes(keccak(rlp)),
    parentHash: hexOfBytes(hash(PARENT_HASH)),
    receiptsRoot: hash(RECEIPTS_ROOT),
    number: integer(NUMBER),
    timestamp: integer(TIMESTAMP),
  }
}
