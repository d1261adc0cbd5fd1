import type { Economy } from '../core/economy'
import { INVARIANT_NAMES, INVARIANTS, type InvariantName, judge, type Verdict } from '../core/invariants'
import type { Policy } from '../core/policy'
import type { AsOf } from './as-of'
import { amount, type RunQuery, seconds, text, whole } from './row'

/** Where an invariant first did not hold, with both of its sides there. */
export interface InvariantBreakAt {
  readonly block: number
  /** Unix seconds. */
  readonly timestamp: number
  readonly left: bigint
  readonly right: bigint
}

/** An invariant at a block. */
export interface InvariantAt extends Verdict {
  readonly name: InvariantName
  readonly claim: string
  /** What both sides are counted in. */
  readonly unit: 'token' | 'stable' | 'count'
  /** Null where it held at every block up to this one, or could not be judged. */
  readonly firstBroken: InvariantBreakAt | null
}

const BREAKS =
  'select id, block_number, timestamp, "left", "right" from invariant_break where block_number <= $1'

/**
 * Every invariant at a block: whether it holds there, and whether it ever did not up to there.
 * @param economy the figures at that block
 */
export async function invariantsAt(
  query: RunQuery,
  economy: Economy,
  asOf: AsOf,
  policy: Policy,
): Promise<readonly InvariantAt[]> {
  const breaks = new Map<string, InvariantBreakAt>()
  for (const row of await query(BREAKS, [asOf.block])) {
    breaks.set(text(row, 'id'), {
      block: whole(row, 'block_number'),
      timestamp: seconds(row, 'timestamp'),
      left: amount(row, 'left'),
      right: amount(row, 'right'),
    })
  }
  return INVARIANT_NAMES.map((name) => {
    const { claim, unit } = INVARIANTS[name]
    return { name, claim, unit, ...judge(name, economy, policy), firstBroken: breaks.get(name) ?? null }
  })
}
