import type { Condition } from './condition'
import type { Entity } from './entity'
import type { Order } from './order'
import type { Walk } from './render'

/** Most index walks that one page is put together of. */
const MOST_WALKS = 10

/** Index walks that together pass every row of a condition, and what is left to ask of those rows. */
export interface Covering {
  readonly walks: readonly Walk[]
  readonly rest: Condition
}

/** The fewest index walks for a condition in this order; undefined where there are none, and the ledger itself is walked. */
export function walksOf(entity: Entity, condition: Condition, order: Order): Covering | undefined {
  if (order.columns !== entity.order) return undefined
  const parts = condition.kind === 'and' ? condition.conditions : [condition]
  let best: { readonly part: Condition; readonly walks: readonly Walk[] } | undefined
  for (const part of parts) {
    const walks = covering(entity, part)
    if (walks !== undefined && walks.length < (best?.walks.length ?? Number.POSITIVE_INFINITY)) {
      best = { part, walks }
    }
  }
  if (best === undefined) return undefined
  const { part: held, walks } = best
  // What every walk holds to by itself is not asked again: how rare it is would be guessed wrongly.
  const rest = isHeld(held) ? parts.filter((part) => part !== held) : parts
  return { walks, rest: { kind: 'and', conditions: rest } }
}

/** Whether the rows of the walks of a condition fulfil it, whatever else they hold. */
function isHeld(condition: Condition): boolean {
  return condition.kind === 'or' ? condition.conditions.every(isHeld) : condition.kind !== 'and'
}

function covering(entity: Entity, condition: Condition): readonly Walk[] | undefined {
  switch (condition.kind) {
    case 'compare': {
      const { column, operator, value } = condition
      const isWalk = operator === 'is' && value !== null && entity.walked.has(column.field)
      return isWalk ? [{ column, value }] : undefined
    }
    case 'in': {
      const { column, values, isNegated } = condition
      const isWalk = !isNegated && values.length > 0 && entity.walked.has(column.field)
      return isWalk ? few(values.map((value) => ({ column, value }))) : undefined
    }
    case 'and':
      return condition.conditions
        .map((each) => covering(entity, each))
        .reduce(
          (best, walks) => (best && walks ? (walks.length < best.length ? walks : best) : (best ?? walks)),
          undefined,
        )
    case 'or': {
      const parts = condition.conditions.map((each) => covering(entity, each))
      if (parts.length === 0 || parts.includes(undefined)) return undefined
      return few(parts.flatMap((walks) => walks ?? []))
    }
    case 'related':
      return undefined
  }
}

/** Each walk once, if they are few. */
function few(walks: readonly Walk[]): readonly Walk[] | undefined {
  const different = new Map(walks.map((walk) => [`${walk.column.field} ${String(walk.value)}`, walk]))
  return different.size <= MOST_WALKS ? [...different.values()] : undefined
}
