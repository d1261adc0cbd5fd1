import { FIXED_POINT_DECIMALS, parseUnits } from '../../core/units'
import { FilterInvalid } from '../errors'
import { parseParty } from '../parse-address'
import type { Column } from './entity'

/**
 * What a column is compared with, as it holds it: text in the column's own spelling, amounts as bigint.
 * @param isWhole whether the column's value is named, rather than one before or after it
 * @throws FilterInvalid (E5040), AddressInvalid (E5023)
 */
export function operand(column: Column, key: string, value: unknown, isWhole: boolean): unknown {
  const refuse = (problem: string) => new FilterInvalid({ problem: `${key} ${problem}` })
  switch (column.kind) {
    case 'address':
      if (isWhole) return parseParty(value)
      if (typeof value !== 'string' || value.includes('\0')) throw refuse('is no text')
      return value.toLowerCase()
    case 'integer':
    case 'time':
      if (!Number.isSafeInteger(value)) throw refuse('is no whole number')
      return value
    case 'amount':
      if (typeof value !== 'bigint') throw refuse('is no amount of base units')
      return value
    case 'decimal': {
      const number = typeof value === 'string' ? parseUnits(value, FIXED_POINT_DECIMALS) : value
      if (typeof number !== 'bigint') {
        throw refuse(`is no plain decimal with up to ${FIXED_POINT_DECIMALS} digits after the point`)
      }
      return number
    }
    case 'flag':
      if (typeof value !== 'boolean') throw refuse('is neither true nor false')
      return value
    default:
      if (typeof value !== 'string') throw refuse('is no text')
      // PostgreSQL has no text with this character, and would call it a failure.
      if (value.includes('\0')) throw refuse('holds the character NUL')
      return value
  }
}
