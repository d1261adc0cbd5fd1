import { z } from 'zod'
import { CONTRACT_NAMES } from '../core/events'
import { INVARIANT_NAMES, type Invariant } from '../core/invariants'
import { isoOf } from '../core/iso-time'
import { isPartial } from '../read/as-of'
import { asOfJson } from '../read/as-of-json'
import type { InvariantAt } from '../read/invariants-at'
import { type Units, unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { asOfSchema, baseUnits, blockNumber, count, decimalText, isoTime, unknownReason } from './wire-schema'

const getInvariants: AsOfHandler = (reads, config) => async (asOf) => {
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

/** Both sides, in base units and in whole ones. */
const sides = <Base extends z.ZodType, Decimal extends z.ZodType>(base: Base, decimal: Decimal) => ({
  left: base.describe('The side that is compared; base units of the asset that unit names.'),
  leftDecimal: decimal.describe('left, in whole units.'),
  right: base.describe('What it is compared with; base units.'),
  rightDecimal: decimal.describe('right, in whole units.'),
})

const invariantSchema = z.strictObject({
  name: z.enum(INVARIANT_NAMES),
  claim: z.string().describe('What must hold, as one sentence.'),
  status: z.enum(['HOLDS', 'BROKEN', 'UNKNOWN']).describe('Whether it holds at the block.'),
  reason: unknownReason.nullable().describe('Why it cannot be judged; null where it can.'),
  unit: z.enum(['token', 'stable', 'count']).describe('What both sides are counted in.'),
  relation: z.enum(['=', '≤']).describe('How left has to stand to right.'),
  ...sides(baseUnits.nullable(), decimalText.nullable()),
  firstBroken: z
    .strictObject({ block: blockNumber, timestamp: isoTime, ...sides(baseUnits, decimalText) })
    .nullable()
    .describe('Where it first did not hold; null where it always did, or could not be judged.'),
})

/** What must hold, whether it does at the block, and where it first did not. */
export const INVARIANTS_ROUTE = asOfRoute({
  path: '/api/invariants',
  operation: 'getInvariants',
  tag: 'figures',
  summary: 'Invariants',
  description:
    'What must hold, whether it does at the block, and where it first did not. A broken one is an alarm.',
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getInvariants,
  answers: [
    jsonAnswer(
      z.strictObject({
        broken: count.describe('How many are broken.'),
        invariants: z.array(invariantSchema),
        partial: z.boolean().describe('Whether a contract lacks the history before its start block.'),
        asOf: asOfSchema,
      }),
      'Every invariant.',
    ),
  ],
})
