import type { ChainOptions } from '../../bench/ingest/simulator/chain-options'
import type { EndpointOptions } from '../../bench/ingest/simulator/endpoint'
import {
  type Call,
  FAULT_NAMES,
  type FaultName,
  type FaultRule,
  FAULTS as STAGES,
} from '../../bench/ingest/simulator/faults'
import { LIMIT_WORDINGS } from '../../bench/ingest/simulator/range-limits'
import type { VerificationSetting } from '../../src/config/verification'
import { createRandom, type Random } from '../../src/devnet/random'
import { FAULTS, type Mode } from './fault-table'

/** Something that happens to the chain while it is being indexed. */
export interface Step {
  /** Calls of all endpoints since the step before. */
  readonly afterCalls: number
  /** Blocks that are replaced, as far as they are not final; 0 where the chain only grows. */
  readonly depth: number
  readonly blocks: number
  readonly events: number
}

/** What a seed decides. */
export interface MixedPlan {
  readonly chain: Partial<ChainOptions>
  readonly endpoints: readonly EndpointOptions[]
  readonly verification: VerificationSetting
  readonly steps: readonly Step[]
}

const STRENGTH: readonly Mode[] = ['none', 'bloom', 'receipts']
/** Faults for which an endpoint is refused for good at the first sight. */
const REFUSED: ReadonlySet<FaultName> = new Set(['other-chain', 'other-history'])

export function mixedPlan(seed: number): MixedPlan {
  const random = createRandom(seed)
  const count = random.pick([1, 2, 2, 3])
  const mode = random.pick(count > 1 ? (['none', 'bloom', 'receipts', 'quorum'] as const) : STRENGTH)
  const blocks = random.integer(60, 160)
  return {
    chain: {
      seed,
      blocks,
      events: random.integer(blocks, 3 * blocks),
      active: random.pick([0.2, 0.6, 1]),
      accounts: 30,
      noise: random.integer(0, 6),
      finality: random.integer(8, 70),
      logTimestamps: random.chance(0.5),
      sealed: mode === 'receipts' || random.chance(0.3),
    },
    verification: mode === 'quorum' ? { mode, share: random.pick([0.2, 1]) } : { mode },
    endpoints: Array.from({ length: count }, (_, index) =>
      endpointOptions(random, mode === 'quorum' ? 'none' : mode, index === count - 1),
    ),
    steps: Array.from({ length: random.integer(0, 6) }, () => step(random)),
  }
}

function endpointOptions(random: Random, mode: Mode, isLast: boolean): EndpointOptions {
  const limits = {
    ...(random.chance(0.5) && { maxRange: random.integer(5, 200) }),
    ...(random.chance(0.3) && { maxLogs: random.integer(10, 400) }),
    wording: random.pick(LIMIT_WORDINGS),
  }
  const allowed = FAULT_NAMES.filter(
    (fault) =>
      STRENGTH.indexOf(FAULTS[fault].needs) <= STRENGTH.indexOf(mode) &&
      // Together with a wrong hash in the header, which is the same one here, it is a lie that fits itself.
      (mode !== 'none' || fault !== 'other-hash-logs'),
  )
  const faults = Array.from({ length: random.integer(0, 4) }, () =>
    rule(random, random.pick(allowed), isLast),
  )
  return {
    limits,
    faults,
    faultSeed: random.integer(1, 1_000_000),
    latencyMs: random.pick([0, 0, 1, 4]),
    ...(random.chance(0.3) && { batchLimit: random.integer(1, 40) }),
  }
}

/** Refusals after which an endpoint is asked more slowly for a while: a few say as much as many, and take less time. */
const SLOWING: ReadonlySet<FaultName> = new Set(['http-429', 'http-429-retry-after', 'rpc-32005'])
const MOST_SLOWING = 3

function rule(random: Random, fault: FaultName, isLast: boolean): FaultRule {
  const made = anyRule(random, fault, isLast)
  return SLOWING.has(fault) ? { ...made, count: Math.min(made.count ?? MOST_SLOWING, MOST_SLOWING) } : made
}

/** At the last endpoint every fault passes; at those before it, some never do. */
function anyRule(random: Random, fault: FaultName, isLast: boolean): FaultRule {
  const when = isLater
  if (REFUSED.has(fault)) return { fault, count: 1, when, after: random.integer(0, isLast ? 40 : 3) }
  const isForEver = !isLast && STAGES[fault] !== 'outlook' && random.chance(0.15)
  if (isForEver) return { fault, when, after: random.integer(0, 20) }
  if (random.chance(0.5)) return { fault, when, count: random.integer(1, 5), after: random.integer(0, 30) }
  return { fault, when, probability: random.pick([0.02, 0.1, 0.25]), count: 25 }
}

/** The first block is what all endpoints are held against; a tag without a block is a statement, not a fault. */
function isLater({ params: [first] }: Call): boolean {
  return first !== '0x0' && first !== 'finalized'
}

function step(random: Random): Step {
  const depth = random.chance(0.6) ? random.pick([1, 2, 5, 20, 64]) : 0
  const blocks = depth + random.integer(depth === 0 ? 1 : 0, 4)
  return { afterCalls: random.integer(1, 60), depth, blocks, events: random.integer(0, 3 * blocks) }
}
