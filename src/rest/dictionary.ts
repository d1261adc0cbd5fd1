import { dataDictionary } from '../core/figures'
import { INVARIANT_NAMES, INVARIANTS } from '../core/invariants'
import { UNKNOWN_REASONS } from '../core/known'
import { json, type Reply } from './reply'

/** `GET /api/figures`: what every figure is, why one may be unknown, and what must hold. */
export function getDictionary(): Reply {
  return json({
    figures: dataDictionary().map(({ group, name, unit, definition, source, dependsOn, column }) => ({
      group,
      name,
      unit,
      definition,
      source,
      dependsOn,
      column: column ?? null,
    })),
    unknownReasons: Object.entries(UNKNOWN_REASONS).map(([name, meaning]) => ({ name, meaning })),
    invariants: INVARIANT_NAMES.map((name) => {
      const { claim, unit, dependsOn } = INVARIANTS[name]
      return { name, claim, unit, dependsOn }
    }),
  })
}
