import type { Figure } from '../core/figures/figure'
import { type AsOf, isPartial } from '../read/as-of'
import { HistoryPartial } from './errors'

/**
 * Lets a figure pass only if no history that it needs was left out.
 * @throws HistoryPartial (E5033) where a format of others has no place for the mark
 */
export function requireWhole(asOf: AsOf, name: string, ...figures: readonly Figure<never>[]): void {
  const needed = figures.flatMap(({ dependsOn }) => dependsOn)
  if (!isPartial(asOf, needed)) return
  const contracts = asOf.partial.filter((contract) => needed.includes(contract))
  throw new HistoryPartial({ figure: name, contracts })
}
