import { formatUnits } from '../core/units'
import type { Unit } from '../read/units'

/** Each amount twice: `<name>` in base units and `<name>Decimal` in whole units, both as exact strings. */
export function bothSpellings(unit: Unit, amounts: Readonly<Record<string, bigint>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([name, amount]) => [
      [name, amount.toString()],
      [`${name}Decimal`, formatUnits(amount, unit.decimals)],
    ]),
  )
}
