import { isoOf } from '../iso-time'
import { FIXED_POINT_DECIMALS, formatUnits } from '../units'
import type { CellKind } from './dataset'

/**
 * A value in the one spelling that its kind has in every file.
 * @param value a whole number or bigint for `integer`, `amount` and `fixed` (there in units of 10⁻¹⁸), unix seconds for `time`
 *   and `date`, a boolean for `flag`, else text; null for what is not there
 * @throws TypeError on a value of another type: undefined must never become an empty cell
 */
export function spellCell(value: unknown, kind: CellKind): string | null {
  if (value === null) return null
  switch (kind) {
    case 'integer':
    case 'amount':
      if (typeof value === 'bigint' || Number.isSafeInteger(value)) return `${value}`
      break
    case 'fixed':
      if (typeof value === 'bigint') return formatUnits(value, FIXED_POINT_DECIMALS)
      break
    case 'time':
      if (Number.isSafeInteger(value)) return isoOf(value as number)
      break
    case 'date':
      if (Number.isSafeInteger(value)) return isoOf(value as number).slice(0, 10)
      break
    case 'flag':
      if (typeof value === 'boolean') return `${value}`
      break
    default:
      if (typeof value === 'string') return value
  }
  throw new TypeError(`${String(value)} is no ${kind}`)
}
