import type { IndexStatePartsFragment, StandingDifferencePartsFragment, StandingQuery } from '../generated'

export type InvariantNow = StandingQuery['invariants'][number]

/** What the page knows of how far its figures can be trusted. */
export interface Facts {
  readonly index: IndexStatePartsFragment | undefined
  readonly invariants: readonly InvariantNow[]
  /** Whether the API calls the newest block too old to pass for now. */
  readonly isStale: boolean
  /** Why the newest attempt to ask has no answer. */
  readonly failure: { readonly message: string; readonly code: string | undefined } | undefined
  /** When the last answer came, in milliseconds of the reader's clock. */
  readonly since: number | undefined
  /** Rows that the newest reorganisation took back, once they are counted. */
  readonly takenBack: number | undefined
}

/** Where the index stands behind the chain. */
export interface Lag {
  readonly indexed: number
  readonly chainHead: number
  readonly startBlock: number
}

/** Why no newer block comes: more are read, the indexer is silent, or the chain as its node tells it goes no further. */
export type StaleCause = 'catchingUp' | 'silent' | 'noNewerBlock' | 'unknown'

export type Alarm =
  | { readonly kind: 'unanswered'; readonly message: string; readonly code?: string; readonly since?: number }
  | { readonly kind: 'empty'; readonly chainHead?: number; readonly startBlock?: number }
  | {
      readonly kind: 'stale'
      readonly block: number
      readonly timestamp: string
      readonly cause: StaleCause
      readonly observedAt?: string
      readonly lag?: Lag
    }
  | { readonly kind: 'behind'; readonly lag: Lag }
  | { readonly kind: 'broken'; readonly invariant: InvariantNow }
  | {
      readonly kind: 'different'
      readonly checkedAt: string
      readonly differences: readonly StandingDifferencePartsFragment[]
    }
  | {
      readonly kind: 'reorganised'
      readonly baseBlock: number
      readonly takenBackAt: string
      readonly rows?: number
    }
  | { readonly kind: 'partial'; readonly contracts: readonly string[]; readonly startBlock: number }

/** Blocks that an index at the head of a chain may be behind: what one batch and one report of it take. */
const FEW_BLOCKS = 32
/** Seconds without a word of the indexer after which it is called silent. */
const SILENCE = 120
/** Milliseconds for which a reorganisation is news. */
const NEWS = 600_000

/** Whatever a reader has to know before the figures, the gravest first. @param now milliseconds of the reader's clock */
export function alarmsOf(facts: Facts, now: number): readonly Alarm[] {
  const { index, invariants, failure, since } = facts
  const alarms: Alarm[] = []
  if (failure !== undefined) {
    const { message, code } = failure
    alarms.push({ kind: 'unanswered', message, ...(code && { code }), ...(since && { since }) })
  }
  for (const invariant of invariants) {
    if (invariant.status === 'BROKEN') alarms.push({ kind: 'broken', invariant })
  }
  if (index === undefined) return alarms
  const [reconciliation] = index.reconciliations
  if (reconciliation !== undefined && reconciliation.standing.length > 0) {
    const { checkedAt, standing: differences } = reconciliation
    alarms.push({ kind: 'different', checkedAt, differences })
  }
  alarms.push(...ageOf(facts, index, now))
  const [correction] = index.corrections
  if (correction !== undefined && now - Date.parse(correction.takenBackAt) < NEWS) {
    const { baseBlock, takenBackAt } = correction
    const rows = facts.takenBack
    alarms.push({ kind: 'reorganised', baseBlock, takenBackAt, ...(rows !== undefined && { rows }) })
  }
  const { partial: contracts = [], startBlock = 0 } = index.deployment ?? {}
  if (contracts.length > 0) alarms.push({ kind: 'partial', contracts, startBlock })
  return alarms
}

function ageOf({ isStale }: Facts, index: IndexStatePartsFragment, now: number): readonly Alarm[] {
  const { head, sourceStatus, deployment } = index
  const chainHead = sourceStatus?.chainHead
  const startBlock = deployment?.startBlock
  if (!head) {
    return [
      {
        kind: 'empty',
        ...(chainHead !== undefined && { chainHead }),
        ...(startBlock !== undefined && { startBlock }),
      },
    ]
  }
  const isBehind = chainHead !== undefined && chainHead - head.blockNumber > FEW_BLOCKS
  const lag = isBehind && { lag: { indexed: head.blockNumber, chainHead, startBlock: startBlock ?? 0 } }
  if (!isStale) return lag ? [{ kind: 'behind', ...lag }] : []
  const observedAt = sourceStatus?.observedAt
  return [
    {
      kind: 'stale',
      block: head.blockNumber,
      timestamp: head.timestamp,
      cause: causeOf(observedAt, isBehind, now),
      ...(observedAt !== undefined && { observedAt }),
      ...(lag || {}),
    },
  ]
}

function causeOf(observedAt: string | undefined, isBehind: boolean, now: number): StaleCause {
  if (observedAt === undefined) return 'unknown'
  if (now - Date.parse(observedAt) > SILENCE * 1_000) return 'silent'
  return isBehind ? 'catchingUp' : 'noNewerBlock'
}
