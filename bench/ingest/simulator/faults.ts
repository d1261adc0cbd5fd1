import type { Random } from './random'

/**
 * Where a fault strikes. `exchange`: a whole HTTP exchange. `batch`: an exchange of several calls. `refusal`: one call
 * gets an error. `outlook`: one call is answered by a node that has seen less. `lie`: one call gets a wrong result.
 */
export type FaultStage = 'exchange' | 'batch' | 'refusal' | 'outlook' | 'lie'

/** What endpoints do wrong, by name. */
export const FAULTS = {
  'http-429': 'exchange',
  'http-429-retry-after': 'exchange',
  'http-500': 'exchange',
  'http-502': 'exchange',
  'http-503': 'exchange',
  /** Nothing is ever answered. */
  timeout: 'exchange',
  'connection-reset': 'exchange',
  /** The body ends in the middle. */
  'half-body': 'exchange',
  'invalid-json': 'exchange',
  /** A page with status 200. */
  html: 'exchange',
  /** A byte now and then, without end. */
  'slow-loris': 'exchange',
  /** Hundreds of megabytes. */
  'huge-response': 'exchange',
  'no-batches': 'batch',
  'batch-out-of-order': 'batch',
  /** The last answers of a batch are missing. */
  'batch-cut-short': 'batch',
  'rpc-32005': 'refusal',
  'rpc-32019': 'refusal',
  'rpc-32603': 'refusal',
  'rpc-32000': 'refusal',
  /** A replica behind a load balancer that has not got the newest blocks. */
  'lagging-replica': 'outlook',
  /** The newest block is an older one than before, the blocks above are still served. */
  'head-backwards': 'outlook',
  'stale-finalized': 'outlook',
  'empty-logs': 'lie',
  'missing-logs': 'lie',
  'duplicated-logs': 'lie',
  'reordered-logs': 'lie',
  /** A log of a block that was reorganised away, marked so. */
  'removed-logs': 'lie',
  /** A log of a block that was not asked for. */
  'other-block-logs': 'lie',
  /** A log whose block's hash is another. */
  'other-hash-logs': 'lie',
  /** One bit of one log's data. */
  'altered-logs': 'lie',
  /** The node has the newest block, but not its logs yet. */
  'late-logs': 'lie',
  'null-blocks': 'lie',
  'wrong-parent-hash': 'lie',
  'wrong-timestamps': 'lie',
  'wrong-block-hash': 'lie',
  /** Another chain id, and another first block. */
  'other-chain': 'lie',
  /** The same chain id, but all hashes are others: a fork of the whole history. */
  'other-history': 'lie',
} as const satisfies Readonly<Record<string, FaultStage>>

export type FaultName = keyof typeof FAULTS
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

/** One call of a request. */
export interface Call {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

/** When an endpoint does something wrong; without any of the conditions, always. */
export interface FaultRule {
  readonly fault: FaultName
  /** From 0 to 1. */
  readonly probability?: number
  /** How often at most. */
  readonly count?: number
  /** How many chances are let pass first. */
  readonly after?: number
  /** Which calls; of a whole exchange, its first call is asked about. */
  readonly when?: (call: Call) => boolean
  /** Seconds that http-429-retry-after names; 1 if unset. */
  readonly retryAfter?: number
}

/** Decides which fault strikes, and counts. */
export interface FaultPlan {
  /** The first rule of a stage that strikes; its chance is used up. */
  strike(stage: FaultStage, call: Call): FaultRule | undefined
  /** How often each fault struck. */
  readonly struck: Readonly<Partial<Record<FaultName, number>>>
  /** Takes a strike back that changed nothing, such as a lie about logs where there are none. */
  spare(rule: FaultRule): void
}

export function planFaults(rules: readonly FaultRule[], random: Random): FaultPlan {
  const struck: Partial<Record<FaultName, number>> = {}
  const chances = new Map<FaultRule, number>()
  const hits = new Map<FaultRule, number>()
  return {
    struck,
    strike(stage, call) {
      for (const rule of rules) {
        const { fault, probability = 1, count = Number.POSITIVE_INFINITY, after = 0, when } = rule
        if (FAULTS[fault] !== stage || (when !== undefined && !when(call))) continue
        const passed = chances.get(rule) ?? 0
        if (passed < after) {
          chances.set(rule, passed + 1)
          continue
        }
        const hit = hits.get(rule) ?? 0
        if (hit >= count || !random.chance(probability)) continue
        hits.set(rule, hit + 1)
        struck[fault] = (struck[fault] ?? 0) + 1
        return rule
      }
      return undefined
    },
    spare(rule) {
      hits.set(rule, (hits.get(rule) ?? 1) - 1)
      struck[rule.fault] = (struck[rule.fault] ?? 1) - 1
    },
  }
}
