import { CoverageGap } from './history-errors'

/** Where blocks were read: from nodes, or from the SQD Network's archive. */
export type CoverageSource = 'RPC' | 'GATEWAY'

/** What was checked of blocks, beyond what decoding and folding check anyway. */
export type Verification = 'NONE' | 'BLOOM' | 'RECEIPTS' | 'QUORUM'

/** How every block from `fromBlock` up to the one that this comes with was read, those without our logs included. */
export interface BlockCoverage {
  readonly fromBlock: number
  readonly source: CoverageSource
  readonly verification: Verification
  /** Blocks of that run of which that was checked. */
  readonly blocksChecked: number
}

/** A run of blocks that were read in one way. */
export interface CoverageRow extends BlockCoverage {
  readonly toBlock: number
  /** Hash of the last block. */
  readonly toHash: string
}

/** A block that was handed over, and how it and those before it were read; ascending. */
export interface ReadBlock {
  readonly number: number
  readonly hash: string
  /** Undefined where the SDK's own archive client read it, which does not say. */
  readonly coverage: BlockCoverage | undefined
}

/** What is known of blocks that say nothing: the SDK's own archive client read them. */
const ARCHIVED = { source: 'GATEWAY', verification: 'NONE', blocksChecked: 0 } as const

/**
 * The runs that change when these blocks are added: the last one, if it goes on, and those after it. Every batch
 * extends what is covered to its last block, without a hole: a block that nobody read may hold events.
 * @param last the newest run until now
 * @param next the first block that is not covered yet
 * @throws CoverageGap (E2005) if a source says that it began later than the one before it ended.
 */
export function extendCoverage(
  last: CoverageRow | undefined,
  next: number,
  blocks: readonly ReadBlock[],
): CoverageRow[] {
  const rows: CoverageRow[] = last === undefined ? [] : [last]
  let from = next
  const add = ({ number: toBlock, hash: toHash }: ReadBlock, how: Omit<BlockCoverage, 'fromBlock'>): void => {
    const { source, verification } = how
    // Of what was covered before, nothing counts twice.
    const blocksChecked = Math.min(how.blocksChecked, toBlock - from + 1)
    const newest = rows.at(-1)
    if (newest?.source === source && newest.verification === verification) {
      const checked = newest.blocksChecked + blocksChecked
      rows[rows.length - 1] = { ...newest, toBlock, toHash, blocksChecked: checked }
    } else {
      rows.push({ fromBlock: from, toBlock, toHash, source, verification, blocksChecked })
    }
    from = toBlock + 1
  }
  for (const block of blocks) {
    const { coverage } = block
    if (coverage === undefined || block.number < from) continue
    if (coverage.fromBlock > from) {
      const archived = blocks.findLast(({ number }) => number < coverage.fromBlock)
      if (archived !== undefined && archived.number >= from) add(archived, ARCHIVED)
    }
    if (coverage.fromBlock > from) throw new CoverageGap({ from, to: coverage.fromBlock - 1 })
    add(block, coverage)
  }
  const end = blocks.at(-1)
  if (end !== undefined && end.number >= from) add(end, ARCHIVED)
  return rows[0] === last ? rows.slice(1) : rows
}
