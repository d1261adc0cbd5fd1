import { dataDictionary, sqlColumn } from '../core/figures'
import { INVARIANT_NAMES, INVARIANTS } from '../core/invariants'
import { UNKNOWN_REASONS } from '../core/known'
import { json, type Reply } from './reply'

/** `GET /api/figures`: what every figure is, why one may be unknown, and what must hold. */
export function getDictionary(): Reply {
  return json({
    figures: dataDictionary().map(({ column, needsWholeHistory = false, ...entry }) => ({
      ...entry,
      needsWholeHistory,
      column: column === undefined ? null : sqlColumn(column),
    })),
    unknownReasons: Object.entries(UNKNOWN_REASONS).map(([name, meaning]) => ({ name, meaning })),
    invariants: INVARIANT_NAMES.map((name) => {
      const { claim, unit, dependsOn } = INVARIANTS[name]
      return { name, claim, unit, dependsOn }
    }),
  })
}
