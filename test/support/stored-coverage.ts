import type { CoverageRow } from '../../src/core/coverage'
import { hashOf } from './small-economy'
import type { TestTables } from './tables'

/** A run of blocks in the way that it was read. */
export function run(
  fromBlock: number,
  toBlock: number,
  source: CoverageRow['source'],
  verification: CoverageRow['verification'],
  blocksChecked: number,
): CoverageRow {
  return { fromBlock, toBlock, toHash: hashOf(toBlock), source, verification, blocksChecked }
}

/** Stores runs as the indexer does, in place of what was there. */
export async function storeCoverage(tables: TestTables, runs: readonly CoverageRow[]): Promise<void> {
  await tables.run('truncate coverage')
  for (const { fromBlock, toBlock, toHash, source, verification, blocksChecked } of runs) {
    await tables.insert('coverage', {
      id: String(fromBlock).padStart(10, '0'),
      ...{ from_block: fromBlock, to_block: toBlock, to_hash: toHash },
      ...{ source, verification, blocks_checked: blocksChecked },
    })
  }
}
