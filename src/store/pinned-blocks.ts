import type { Client } from 'pg'
import type { Hash } from '../core/address'
import { finalBlock, indexedSoFar } from './deployment'

/** Blocks that cannot be others any more without this database being about another chain. */
export interface PinnedBlocks {
  /** Hash of the chain's first block; undefined where nothing is indexed yet, or for another chain. */
  readonly genesisHash: Hash | undefined
  /** The newest block that is indexed for good. */
  readonly final: { readonly height: number; readonly hash: string } | undefined
}

const NONE: PinnedBlocks = { genesisHash: undefined, final: undefined }

/** What every node that is asked from now on has to have, too. */
export async function pinnedBlocks(client: Client, chainId: number): Promise<PinnedBlocks> {
  const { rows } = await client.query<{ chain_id: number; genesis_hash: Hash }>(
    `SELECT chain_id, genesis_hash FROM deployment WHERE id = 'deployment'`,
  )
  const [stored] = rows
  // A database of another chain is refused as that, not the node.
  if (stored?.chain_id !== chainId) return NONE
  const final = await finalBlock(client)
  if (final.height < 0 && (await indexedSoFar(client)).hash === undefined) return NONE
  return { genesisHash: stored.genesis_hash, final: final.height < 0 ? undefined : final }
}
