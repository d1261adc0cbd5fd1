import { formatUnits } from '../core/units'
import type { Unit } from '../read/units'

/**
 * Each amount twice: `<name>` in base units and `<name>Decimal` in whole units, both as exact strings; null where
 * there is no amount.
 */
export function bothSpellings(
  unit: Pick<Unit, 'decimals'>,
  amounts: Readonly<Record<string, bigint | null>>,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([name, amount]) => [
      [name, amount === null ? null : amount.toString()],
      [`${name}Decimal`, amount === null ? null : formatUnits(amount, unit.decimals)],
    ]),
  )
}
