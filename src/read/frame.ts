import type { EconomyFile } from '../config/economy-file'
import { fingerprintOf } from '../config/fingerprint'
import type { Hash } from '../core/address'
import { CONTRACT_NAMES, type ContractName } from '../core/events'
import { columnList } from './column-list'
import { NothingIndexed, OtherEconomy } from './errors'
import { flag, hex, oneOf, type Row, type RunQuery, seconds, text, whole } from './row'

/** What economy a database holds. */
export interface DeploymentRow {
  readonly chainId: number
  readonly genesisHash: string
  readonly fingerprint: string
  readonly token: string
  readonly staking: string
  readonly stable: string
  readonly startBlock: number
  readonly partial: readonly ContractName[]
  /** Unix seconds. */
  readonly createdAt: number
  /** Whether secondary indexes are still to be built: the first backfill writes without them. */
  readonly indexesPending: boolean
}

/** The newest indexed block. */
export interface HeadRow {
  readonly block: number
  readonly hash: Hash
  /** Unix seconds. */
  readonly timestamp: number
}

/** How far the history reaches in the state that an answer is read from. */
export interface Frame {
  readonly head: HeadRow
  /** Newest block that can no longer be reorganised away; −1 if none can be trusted yet. */
  readonly finalizedBlock: number
  /** First block with figures. */
  readonly firstBlock: number
  /** Its time, in unix seconds. */
  readonly firstTimestamp: number
  readonly partial: readonly ContractName[]
  /** Another one for tables that were begun anew: what was known of the old ones says nothing of them. */
  readonly history: string
}

/** How much of a snapshot is read: which block it is of, or every figure, too. */
export type SnapshotExtent = 'reference' | 'whole'

const COLUMNS: Readonly<Record<SnapshotExtent, string>> = {
  reference: 'snapshot.block_number, snapshot.hash, snapshot.timestamp, snapshot.digest',
  whole: columnList('Snapshot'),
}

// The columns of the snapshot come last: of equal names, `pg` keeps those.
const frameWith = (columns: string): string => `
select
  ${columnList('Deployment')},
  head.block_number as head_block,
  head.hash as head_hash,
  head.timestamp as head_timestamp,
  status.height as finalized_block,
  first.block_number as first_block,
  first.timestamp as first_timestamp,
  ${columns}
from (select 1) as one
left join (select block_number, timestamp from snapshot order by block_number limit 1) as first on true
left join deployment on deployment.id = 'deployment'
left join head on head.id = 'head'
left join squid_processor.status on status.id = 0
left join lateral (
  select * from snapshot where block_number <= coalesce($1, head.block_number::bigint)
  order by block_number desc limit 1
) as snapshot on true`

const FRAMES = { reference: frameWith(COLUMNS.reference), whole: frameWith(COLUMNS.whole) } as const

/** How far the history reaches, and the newest snapshot up to a block of it; undefined where there is none. */
export interface FrameAt {
  readonly frame: Frame
  readonly snapshot: Row | undefined
}

/**
 * Loads how far the history reaches.
 * @throws NothingIndexed (E5002), OtherEconomy (E5004)
 */
export async function loadFrame(query: RunQuery, economy: EconomyFile): Promise<Frame> {
  return (await loadFrameAt(query, economy, undefined, 'reference')).frame
}

/**
 * Loads how far the history reaches, with what most who ask for it ask for next.
 * @param block undefined for the newest one
 * @throws NothingIndexed (E5002), OtherEconomy (E5004)
 */
export async function loadFrameAt(
  query: RunQuery,
  economy: EconomyFile,
  block: number | undefined,
  extent: SnapshotExtent,
): Promise<FrameAt> {
  const [row] = await query(FRAMES[extent], [block ?? null], `frame-${extent}`)
  if (row === undefined || row.chain_id === null) throw new NothingIndexed()
  const deployment = deploymentOf(row)
  const differs = differences(deployment, economy)
  if (differs.length > 0) throw new OtherEconomy({ differs })
  if (row.head_block === null || row.first_block === null) throw new NothingIndexed()
  const frame = {
    head: {
      block: whole(row, 'head_block'),
      hash: hex(row, 'head_hash'),
      timestamp: seconds(row, 'head_timestamp'),
    },
    finalizedBlock: row.finalized_block === null ? -1 : whole(row, 'finalized_block'),
    firstBlock: whole(row, 'first_block'),
    firstTimestamp: seconds(row, 'first_timestamp'),
    partial: deployment.partial,
    history: `${deployment.genesisHash} ${deployment.createdAt}`,
  }
  return { frame, snapshot: row.block_number === null ? undefined : row }
}

/** Decodes a row that has the columns of `deployment`. */
export function deploymentOf(row: Row): DeploymentRow {
  const partial = row.partial
  if (!Array.isArray(partial)) throw new TypeError('column partial is not an array')
  return {
    chainId: whole(row, 'chain_id'),
    genesisHash: text(row, 'genesis_hash'),
    fingerprint: text(row, 'fingerprint'),
    token: text(row, 'token'),
    staking: text(row, 'staking'),
    stable: text(row, 'stable'),
    startBlock: whole(row, 'start_block'),
    partial: partial.map((contract: unknown) => oneOf({ contract }, 'contract', CONTRACT_NAMES)),
    createdAt: seconds(row, 'created_at'),
    indexesPending: flag(row, 'indexes_pending'),
  }
}

/** In what a database's economy is another one than the configured: names of what differs, none if the same. */
export function differences(deployment: DeploymentRow, economy: EconomyFile): string[] {
  const { token, staking, stable } = economy.contracts
  const pairs: [name: string, stored: unknown, configured: unknown][] = [
    ['chain id', deployment.chainId, economy.chain.id],
    ['token', deployment.token, token.address],
    ['staking', deployment.staking, staking.address],
    ['stable', deployment.stable, stable.address],
    ['rules (wallets, exclusions, start blocks, decimals)', deployment.fingerprint, fingerprintOf(economy)],
  ]
  return pairs.filter(([, stored, configured]) => stored !== configured).map(([name]) => name)
}
