import type { Logger } from '@subsquid/logger'
import { FinalBlockReplaced, OtherHistory } from '../chain/errors'
import { type ChainNode, nodeOver } from '../chain/node'
import { probeNode } from '../chain/probe'
import { createPool } from '../chain/rpc/pool'
import type { Rpc } from '../chain/rpc/rpc'
import type { Config } from '../config'
import { redactor, redactUrl } from '../config/redact'
import type { Hash } from '../core/address'
import type { PinnedBlocks } from '../store/pinned-blocks'

/** How long a first node may take until it answers, in milliseconds. */
const PATIENCE = 20_000

export interface Nodes {
  readonly rpc: Rpc
  /** Whichever of them answers. */
  readonly node: ChainNode
  /** Of the chain that all of them are on. */
  readonly genesisHash: Hash
  /** The most preferred one that can be used now. */
  readonly inUse: () => { readonly url: string; readonly shownUrl: string }
}

/**
 * Opens the nodes of RPC_URL as one, and waits until one of them can be used. A node is used only if it is on the
 * configured chain, with the same first block as the others, and has the newest final block as it was indexed.
 * @throws ChainMismatch (E3003), OtherHistory (E3015), FinalBlockReplaced (E3010), NodeUnreachable (E3002)
 */
export async function openNodes(
  { environment, economy }: Config,
  pinnedNow: () => Promise<PinnedBlocks>,
  log: Logger,
): Promise<Nodes> {
  const endpoints = environment.rpcUrls.map((url) => ({ url, shownUrl: redactUrl(url) }))
  let genesisHash: Hash | undefined
  /** Of block 0, as the first node that has it says. */
  let firstBlock: Hash | undefined
  const rpc = createPool({
    endpoints,
    redact: redactor(environment.secrets),
    log: log.child('rpc'),
    async admit(ask, name) {
      const node = nodeOver(ask, name)
      const { genesisHash: found, genesisBlock } = await probeNode(node, economy)
      const pinned = await pinnedNow()
      const expected = pinned.genesisHash ?? firstBlock
      // One that keeps no old blocks begins later than the others: its final block has to do. It has the last word
      // anyway, for its hash commits to all that came before it.
      if (genesisBlock === 0 && expected !== undefined && found !== expected) {
        if (!(await hasFinal(node, pinned.final))) {
          throw new OtherHistory({ url: name, block: 0, expected, found })
        }
      } else await checkFinal(node, pinned.final)
      if (genesisBlock === 0) firstBlock ??= found
      genesisHash ??= pinned.genesisHash ?? found
    },
  })
  await rpc.ready(PATIENCE)
  if (genesisHash === undefined) throw new TypeError('a node was let in without its first block')
  return {
    rpc,
    genesisHash,
    node: nodeOver(async (method, params) => (await rpc.call<never>(method, params)).value, names(endpoints)),
    inUse: () => {
      const ready = rpc.status().findIndex(({ state }) => state === 'ready')
      return endpoints[Math.max(ready, 0)] ?? { url: '', shownUrl: '' }
    },
  }
}

async function hasFinal(node: ChainNode, final: PinnedBlocks['final']): Promise<boolean> {
  return final !== undefined && (await node.blockHash(final.height))?.hash === final.hash
}

/**
 * Checks that a node has the newest block that was indexed as final.
 * @throws FinalBlockReplaced (E3010); an ordinary error if it has no such block
 */
export async function checkFinal(node: ChainNode, final: PinnedBlocks['final']): Promise<void> {
  if (final === undefined || final.height < 0) return
  const found = await node.blockHash(final.height)
  // It may lag behind, or keep no blocks that old: then it cannot be used yet.
  if (found === undefined) throw new Error(`it does not have block ${final.height}`)
  if (found.hash === final.hash) return
  throw new FinalBlockReplaced({ block: final.height, indexed: final.hash, onChain: found.hash })
}

function names(endpoints: readonly { readonly shownUrl: string }[]): string {
  return endpoints.map(({ shownUrl }) => shownUrl).join(', ')
}
