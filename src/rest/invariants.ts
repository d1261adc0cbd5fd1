import { CONTRACT_NAMES } from '../core/events'
import type { Invariant } from '../core/invariants'
import { isPartial } from '../read/as-of'
import { asOfJson } from '../read/as-of-json'
import { isoOf } from '../read/instant'
import type { InvariantAt } from '../read/invariants-at'
import { type Units, unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import type { AsOfHandler } from './answer-as-of'
import { json } from './reply'

/** `GET /api/invariants`: what must hold, whether it does at the block, and where it first did not. */
export const getInvariants: AsOfHandler = (reads, config) => async (asOf) => {
  const invariants = await reads.invariantsAt(asOf)
  const units = unitsOf(config)
  return json({
    broken: invariants.filter(({ status }) => status === 'BROKEN').length,
    invariants: invariants.map((invariant) => invariantJson(invariant, units)),
    partial: isPartial(asOf, CONTRACT_NAMES),
    asOf: asOfJson(asOf),
  })
}

function invariantJson(invariant: InvariantAt, units: Units): object {
  const { name, claim, unit, status, reason, left, relation, right, firstBroken } = invariant
  const shownIn = unitOf(unit, units)
  // Sides that cannot be compared may lack history, or be of another asset than the unit says.
  const sides = status === 'UNKNOWN' ? { left: null, right: null } : { left, right }
  return {
    name,
    claim,
    status,
    reason,
    unit,
    relation,
    ...bothSpellings(shownIn, sides),
    firstBroken: firstBroken && {
      block: firstBroken.block,
      timestamp: isoOf(firstBroken.timestamp),
      ...bothSpellings(shownIn, { left: firstBroken.left, right: firstBroken.right }),
    },
  }
}

function unitOf(unit: Invariant['unit'], units: Units): { readonly decimals: number } {
  return unit === 'count' ? { decimals: 0 } : units[unit]
}
