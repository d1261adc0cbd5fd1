import type { ClientBase } from 'pg'
import { BlockConflict } from './errors'
import type { History } from './load-state'
import { snapshotId } from './row-id'

/** A block's place and name, in whatever it comes. */
interface Named {
  readonly header: { readonly height: number; readonly hash: string }
}

/**
 * Leaves out the blocks that are in the index already, so that a batch that is handed over twice counts once.
 * @throws BlockConflict (E4005) if one of them is known by another hash.
 */
export async function skipIndexed<Block extends Named>(
  client: ClientBase,
  head: History['head'],
  blocks: readonly Block[],
): Promise<readonly Block[]> {
  if (head === undefined) return blocks
  const indexed = blocks.filter(({ header }) => header.height <= head.blockNumber)
  if (indexed.length === 0) return blocks
  const known = new Map<number, string>([[head.blockNumber, head.hash]])
  const { rows } = await client.query<{ block_number: number; hash: string }>(
    'SELECT block_number, hash FROM snapshot WHERE id = ANY($1)',
    [indexed.map(({ header }) => snapshotId({ blockNumber: header.height }))],
  )
  for (const { block_number, hash } of rows) known.set(block_number, hash)
  for (const { header } of indexed) {
    const hash = known.get(header.height)
    if (hash !== undefined && hash !== header.hash) {
      throw new BlockConflict({ block: header.height, indexed: hash, given: header.hash })
    }
  }
  return blocks.filter(({ header }) => header.height > head.blockNumber)
}
