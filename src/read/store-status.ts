import type { EconomyFile } from '../config/economy-file'
import { isoOf } from '../core/iso-time'
import type { SnapshotRef } from './as-of'
import { type CoverageSummary, coverageSummary } from './coverage'
import {
  HeadStale,
  HeartbeatStale,
  IndexesPending,
  NothingIndexed,
  OtherEconomy,
  ReconciliationDifferent,
  type ReconciliationFacts,
  type Refusal,
} from './errors'
import { type DeploymentRow, deploymentOf, differences, type HeadRow } from './frame'
import { latestReconciliation, type ReconciliationRow } from './reconciliations'
import type { Freshness } from './resolve-as-of'
import { hex, type RunQuery, seconds, text, whole } from './row'

/** Seconds without a word from the indexer, which speaks every two, from which it counts as gone. */
const HEARTBEAT_LIMIT = 60

/** What the indexer last saw of its source. */
export interface SourceRow {
  /** The node, without its secrets. */
  readonly url: string
  readonly chainHead: number
  readonly chainFinalized: number
  /** Unix seconds. */
  readonly observedAt: number
}

/** How much has been indexed. */
export interface Counts {
  readonly events: number
  readonly transfers: number
  readonly holders: number
  readonly stakers: number
}

/** The state of the store as an operator wants to see it; null where there is nothing yet. */
export interface StoreStatus {
  readonly deployment: DeploymentRow | null
  readonly head: HeadRow | null
  readonly finalizedBlock: number | null
  readonly source: SourceRow | null
  readonly snapshot: SnapshotRef | null
  readonly counts: Counts | null
  /** The latest comparison with the chain, with the differences that stand. */
  readonly reconciliation: ReconciliationRow | null
  /** How the indexed blocks were read. */
  readonly coverage: CoverageSummary
}

const STATUS = `
select
  deployment.*,
  head.block_number as head_block, head.hash as head_hash, head.timestamp as head_timestamp,
  status.height as finalized_block,
  source_status.url, source_status.chain_head, source_status.chain_finalized, source_status.observed_at,
  newest.block_number as newest_block, newest.hash as newest_hash, newest.timestamp as newest_timestamp,
  newest.digest, newest.event_count, newest.transfer_count, newest.holders, newest.stakers
from (select 1) as one
left join deployment on deployment.id = 'deployment'
left join head on head.id = 'head'
left join squid_processor.status on status.id = 0
left join source_status on source_status.id = 'source'
left join (select * from snapshot order by block_number desc limit 1) as newest on true`

/** Loads the state of the store; succeeds as soon as the tables exist. */
export async function storeStatus(query: RunQuery): Promise<StoreStatus> {
  const [row = {}] = await query(STATUS)
  const has = (column: string) => row[column] !== null && row[column] !== undefined
  return {
    deployment: has('id') ? deploymentOf(row) : null,
    head: has('head_block')
      ? {
          block: whole(row, 'head_block'),
          hash: hex(row, 'head_hash'),
          timestamp: seconds(row, 'head_timestamp'),
        }
      : null,
    finalizedBlock: has('finalized_block') ? whole(row, 'finalized_block') : null,
    source: has('url')
      ? {
          url: text(row, 'url'),
          chainHead: whole(row, 'chain_head'),
          chainFinalized: whole(row, 'chain_finalized'),
          observedAt: seconds(row, 'observed_at'),
        }
      : null,
    snapshot: has('newest_block')
      ? {
          block: whole(row, 'newest_block'),
          hash: hex(row, 'newest_hash'),
          timestamp: seconds(row, 'newest_timestamp'),
          digest: text(row, 'digest'),
        }
      : null,
    counts: has('newest_block')
      ? {
          events: whole(row, 'event_count'),
          transfers: whole(row, 'transfer_count'),
          holders: whole(row, 'holders'),
          stakers: whole(row, 'stakers'),
        }
      : null,
    reconciliation: await latestReconciliation(query),
    coverage: await coverageSummary(query),
  }
}

/** Everything that keeps figures about "now" from being served; empty when the store is ready. */
export function unreadiness(status: StoreStatus, economy: EconomyFile, freshness: Freshness): Refusal[] {
  const { now, maxLagSeconds } = freshness
  const reasons: Refusal[] = []
  const differs = status.deployment === null ? [] : differences(status.deployment, economy)
  if (differs.length > 0) reasons.push(new OtherEconomy({ differs }))
  if (status.deployment?.indexesPending) reasons.push(new IndexesPending())
  if (status.head === null || status.snapshot === null) reasons.push(new NothingIndexed())
  else {
    const lagSeconds = Math.max(0, Math.floor(now - status.head.timestamp))
    if (lagSeconds > maxLagSeconds) {
      reasons.push(new HeadStale({ block: status.head.block, lagSeconds, maxLagSeconds }))
    }
  }
  const { source } = status
  if (source === null || now - source.observedAt > HEARTBEAT_LIMIT) {
    const observedAt = source === null ? null : isoOf(source.observedAt)
    reasons.push(new HeartbeatStale({ observedAt, limitSeconds: HEARTBEAT_LIMIT }))
  }
  const { reconciliation } = status
  if (reconciliation !== null && reconciliation.standing.length > 0) {
    reasons.push(new ReconciliationDifferent(factsOf(reconciliation)))
  }
  return reasons
}

/** Everything that stands, as text: amounts are of any size. */
function factsOf({ checkedAt, standing }: ReconciliationRow): ReconciliationFacts {
  const differs = standing.map((difference) => ({
    ...difference,
    derived: String(difference.derived),
    onChain: String(difference.onChain),
  }))
  return { checkedAt: isoOf(checkedAt), differs }
}
