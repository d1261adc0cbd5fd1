import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { isAddress } from 'viem'
import { type Address, type Hash, ZERO_ADDRESS } from '../core/address'
import { AddressInvalid, BlockInvalid } from '../read/errors'
import { isoOf, parseInstant } from '../read/instant'

/** An amount in base units, as a string: JSON numbers lose digits beyond 2^53. */
export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'A whole number of base units of any size, as a decimal string: never a JSON number.',
  serialize: (value) => {
    if (typeof value !== 'bigint') throw new TypeError('BigInt holds something else')
    return value.toString()
  },
  parseValue: (value) => {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
    if (typeof text !== 'string' || !/^-?\d{1,78}$/.test(text)) {
      throw new GraphQLError('A BigInt is a decimal string of up to 78 digits.')
    }
    return BigInt(text)
  },
})

/** An account or a contract; any correct spelling comes in, lower case goes out. */
export const AddressScalar = new GraphQLScalarType<Address, string>({
  name: 'Address',
  description:
    'An address as 0x and 40 hex digits. Answers use lower case; a question may use lower case, or mixed ' +
    'case with a correct EIP-55 checksum.',
  serialize: String,
  parseValue: parseAddress,
  parseLiteral: (node) => parseAddress(textOf(node)),
})

/** A 32-byte hash. */
export const HashScalar = new GraphQLScalarType<Hash, string>({
  name: 'Hash',
  description: 'A 32-byte hash as 0x and 64 hex digits, lower case in answers.',
  serialize: String,
  parseValue: parseHash,
  parseLiteral: (node) => parseHash(textOf(node)),
})

/** A point in time; unix seconds inside the program. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'A point in time to the second. Answers: ISO 8601 in UTC, such as 2026-11-21T10:00:00Z. A question may ' +
    'use ISO 8601 with its zone, a bare date (midnight UTC), or unix seconds as a number or text.',
  serialize: (value) => {
    if (typeof value !== 'number') throw new TypeError('DateTime holds something else')
    return isoOf(value)
  },
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(textOf(node)),
})

function textOf(node: ValueNode): unknown {
  return node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined
}

function parseAddress(value: unknown): Address {
  const refuse = (problem: string) => new AddressInvalid({ address: String(value).slice(0, 80), problem })
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) {
    throw refuse('it is not 0x and 40 hex digits')
  }
  const lower = value.toLowerCase() as Address
  // A mistyped account has no events, so it would be answered with a true-looking 0.
  if (value !== lower && !isAddress(value, { strict: true })) throw refuse('its EIP-55 checksum is wrong')
  if (lower === ZERO_ADDRESS) throw refuse('the zero address stands for nobody')
  return lower
}

function parseHash(value: unknown): Hash {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{64}$/.test(value)) {
    throw new BlockInvalid({ problem: 'a hash is 0x and 64 hex digits' })
  }
  return value.toLowerCase() as Hash
}

function parseDateTime(value: unknown): number {
  const instant =
    typeof value === 'string' || typeof value === 'number' ? parseInstant(`${value}`) : undefined
  if (instant === undefined) {
    throw new BlockInvalid({ problem: 'a timestamp is ISO 8601 with a zone, or unix seconds' })
  }
  return instant
}
