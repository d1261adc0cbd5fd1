import type { Client } from 'pg'
import { ZERO_ADDRESS } from '../../../src/core/address'
import { createRandom } from '../../ingest/simulator/random'

/**
 * Different blocks from all over the history, without an order: the same in each run.
 * @param from share of the history that is left out at its beginning, and `to` where it ends
 */
export async function sampleBlocks(
  database: Client,
  count: number,
  { from = 0, to = 1 }: { readonly from?: number; readonly to?: number } = {},
): Promise<readonly number[]> {
  const { rows } = await database.query<{ least: number; most: number }>(
    'select min(block_number) as least, max(block_number) as most from snapshot',
  )
  const { least = 0, most = 0 } = rows[0] ?? {}
  const first = least + Math.floor((most - least) * from)
  const length = Math.floor((most - least) * (to - from))
  const random = createRandom(count, first)
  const blocks = new Set<number>()
  // The last few that were not drawn yet would take longer to find than they are worth.
  const wanted = Math.min(count, Math.floor(length * 0.9))
  while (blocks.size < wanted) blocks.add(first + random.below(length))
  return [...blocks]
}

/** Different accounts, those that are named often sooner than others; never the zero address, which stands for nobody. */
export async function sampleAccounts(database: Client, count: number): Promise<readonly string[]> {
  const { rows } = await database.query<{ account: string }>(
    `select "to" as account from unnest($1::int[]) with ordinality as wanted(block, place)
     join transfer on block_number = block where "to" <> $2 order by place, log_index`,
    [await sampleBlocks(database, count), ZERO_ADDRESS],
  )
  return [...new Set(rows.map(({ account }) => account))].slice(0, count)
}
