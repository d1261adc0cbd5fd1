import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import type { Address, Hash } from '../core/address'
import { isoOf } from '../core/iso-time'
import { FIXED_POINT_DECIMALS, formatUnits } from '../core/units'
import { BlockInvalid, InstantInvalid } from '../read/errors'
import { parseInstant } from '../read/instant'
import { parseParty } from '../read/parse-address'
import { PLAIN_TEXT } from './leaf-writer'

/** A whole number of any size, as a string: JSON numbers lose digits beyond 2^53. */
export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  ...PLAIN_TEXT,
  name: 'BigInt',
  description:
    'A whole number of any size, as a decimal string: never a JSON number. Amounts are in base units of their asset.',
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

/** A price, a ratio or another quotient; in units of 10⁻¹⁸ inside the program. */
export const DecimalScalar = new GraphQLScalarType<bigint, string>({
  ...PLAIN_TEXT,
  name: 'Decimal',
  description:
    'A number with up to 18 digits after the point, as a plain decimal string such as 0.05: exact, no exponent, no thousands separator, never a JSON number.',
  serialize: (value) => {
    if (typeof value !== 'bigint') throw new TypeError('Decimal holds something else')
    return formatUnits(value, FIXED_POINT_DECIMALS)
  },
})

/** An account or a contract; any correct spelling comes in, lower case goes out. */
export const AddressScalar = new GraphQLScalarType<Address, string>({
  ...PLAIN_TEXT,
  name: 'Address',
  description:
    'An address as 0x and 40 hex digits. Answers use lower case; a question may use lower case, or mixed ' +
    'case with a correct EIP-55 checksum.',
  serialize: String,
  parseValue: parseParty,
  parseLiteral: (node) => parseParty(textOf(node)),
})

/** A 32-byte hash. */
export const HashScalar = new GraphQLScalarType<Hash, string>({
  ...PLAIN_TEXT,
  name: 'Hash',
  description: 'A 32-byte hash as 0x and 64 hex digits, lower case in answers.',
  serialize: String,
  parseValue: parseHash,
  parseLiteral: (node) => parseHash(textOf(node)),
})

/** A point in time; unix seconds inside the program. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  ...PLAIN_TEXT,
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

/** What a literal says; one of another kind as it was written, so that the refusal can name it. */
function textOf(node: ValueNode): string {
  return node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : print(node)
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
    throw new InstantInvalid({ instant: String(value).slice(0, 80) })
  }
  return instant
}
