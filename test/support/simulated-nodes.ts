import { OtherHistory } from '../../src/chain/errors'
import { nodeOver } from '../../src/chain/node'
import { probeNode } from '../../src/chain/probe'
import { createPool } from '../../src/chain/rpc/pool'
import type { Rpc } from '../../src/chain/rpc/rpc'
import { checkFinal } from '../../src/cli/open-nodes'
import type { EconomyFile } from '../../src/config/economy-file'
import type { Hash } from '../../src/core/address'
import type { PinnedBlocks } from '../../src/store/pinned-blocks'

export interface NodesOptions {
  readonly urls: readonly string[]
  readonly economy: EconomyFile
  readonly pinned: () => Promise<PinnedBlocks>
  /** Milliseconds; what hangs in a test need not hang for as long as it may in operation. */
  readonly requestTimeout: number
  /** Bytes. */
  readonly answerLimit: number
  /** How long a first node may take, in milliseconds. */
  readonly patience: number
}

/** Opens simulated endpoints as one, each admitted as the indexer admits its own. */
export async function openSimulatedNodes(
  options: NodesOptions,
): Promise<{ readonly rpc: Rpc; readonly genesisHash: Hash }> {
  const { urls, economy, pinned, requestTimeout, answerLimit, patience } = options
  let genesisHash: Hash | undefined
  const rpc = createPool({
    endpoints: urls.map((url) => ({ url, shownUrl: url })),
    requestTimeout,
    answerLimit,
    async admit(ask, name) {
      const node = nodeOver(ask, name)
      const { genesisHash: found } = await probeNode(node, economy)
      const { genesisHash: indexed, final } = await pinned()
      const expected = indexed ?? genesisHash
      if (expected !== undefined && found !== expected) {
        throw new OtherHistory({ url: name, block: 0, expected, found })
      }
      await checkFinal(node, final)
      genesisHash ??= found
    },
  })
  try {
    await rpc.ready(patience)
  } catch (error) {
    await rpc.close()
    throw error
  }
  if (genesisHash === undefined) throw new TypeError('a node was let in without its first block')
  return { rpc, genesisHash }
}
