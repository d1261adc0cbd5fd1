import type { Hash } from '../core/address'
import type { CoverageSource, Verification } from '../core/coverage'
import { hex, oneOf, type Row, type RunQuery, text, whole } from './row'

/** Most runs in `/status`. Neighbouring runs that were read in one way are one: there are few. */
export const MOST_RUNS = 100

const SOURCES = ['RPC', 'GATEWAY'] as const satisfies readonly CoverageSource[]
const VERIFICATIONS = ['NONE', 'BLOOM', 'RECEIPTS', 'QUORUM'] as const satisfies readonly Verification[]

/** A run of blocks that were read in one way: where they came from, and what was checked of them. */
export interface CoverageRun {
  readonly id: string
  readonly fromBlock: number
  readonly toBlock: number
  /** Hash of the last block. */
  readonly toHash: Hash
  readonly source: CoverageSource
  readonly verification: Verification
  /** Blocks in it. */
  readonly blocks: number
  /** Blocks of it of which that was checked. */
  readonly blocksChecked: number
}

/** All runs that were read in one way. */
export interface CoverageTotal {
  readonly source: CoverageSource
  readonly verification: Verification
  readonly runs: number
  readonly blocks: number
  readonly blocksChecked: number
}

/** How everything that is indexed was read. */
export interface CoverageSummary {
  /** The newest hundred, oldest first. */
  readonly newest: readonly CoverageRun[]
  readonly totals: readonly CoverageTotal[]
}

/** How many blocks were read in each way. */
export async function coverageTotals(query: RunQuery): Promise<readonly CoverageTotal[]> {
  const rows = await query(
    `select source, verification, count(*)::int as runs, sum(to_block - from_block + 1)::int as blocks,
       sum(blocks_checked)::int as blocks_checked
     from coverage group by source, verification order by min(id)`,
  )
  return rows.map((row) => ({
    ...wayOf(row),
    runs: whole(row, 'runs'),
    blocks: whole(row, 'blocks'),
    blocksChecked: whole(row, 'blocks_checked'),
  }))
}

/** All ways, and the newest runs; empty where nothing is indexed. */
export async function coverageSummary(query: RunQuery): Promise<CoverageSummary> {
  const rows = await query('select * from coverage order by id desc limit $1', [MOST_RUNS])
  return { newest: rows.map(runOf).reverse(), totals: await coverageTotals(query) }
}

function runOf(row: Row): CoverageRun {
  const fromBlock = whole(row, 'from_block')
  const toBlock = whole(row, 'to_block')
  return {
    id: text(row, 'id'),
    fromBlock,
    toBlock,
    toHash: hex(row, 'to_hash'),
    ...wayOf(row),
    blocks: toBlock - fromBlock + 1,
    blocksChecked: whole(row, 'blocks_checked'),
  }
}

function wayOf(row: Row): Pick<CoverageRun, 'source' | 'verification'> {
  return {
    source: oneOf(row, 'source', SOURCES),
    verification: oneOf(row, 'verification', VERIFICATIONS),
  }
}
