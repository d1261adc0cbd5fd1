import type { Logger } from '@subsquid/logger'
import type { DataSource } from '@subsquid/util-internal-processor-tools'
import { applyRangeBound } from '@subsquid/util-internal-range'
import { GatewayUnusable } from '../errors'

/** Below every block: an archive that reaches up to here has nothing. */
const NOTHING = -1

/**
 * An archive that is read as far as it reaches, and as far as the nodes know the same blocks to be final: what it says
 * beyond that, nobody could confirm, and nodes that are behind it could not go on from it. Where it fails, or is of
 * another chain than the nodes, it ends there with a warning: the nodes go on behind its last block.
 * @param nodes what the archive has to agree with
 */
export function archiveFirst<B, R>(
  archive: DataSource<B, R>,
  nodes: DataSource<unknown, R>,
  log: Logger,
): DataSource<B, R> {
  let end = NOTHING
  const giveUp = (error: unknown): void => {
    if (!(error instanceof GatewayUnusable)) throw error
    log.warn({ code: error.code }, `${error.message} History is read from RPC_URL.`)
  }
  return {
    async getFinalizedHeight() {
      end = NOTHING
      try {
        const common = Math.min(await archive.getFinalizedHeight(), await nodes.getFinalizedHeight())
        // A hash commits to all the history below it.
        const [told, known] = await Promise.all([archive.getBlockHash(common), nodes.getBlockHash(common)])
        if (told === known) end = common
        else {
          const statement = `block ${common} is ${told} at the gateway, but ${known} at the nodes`
          log.warn(`The gateway is not used: ${statement}. History is read from RPC_URL.`)
        }
      } catch (error) {
        giveUp(error)
      }
      return end
    },
    // The engine makes sure that what is indexed is on the chain: that is for the nodes to say.
    getBlockHash: (height) => nodes.getBlockHash(height),
    async *getFinalizedBlocks(requests, stopOnHead) {
      try {
        yield* archive.getFinalizedBlocks(applyRangeBound(requests, { from: 0, to: end }), stopOnHead)
      } catch (error) {
        giveUp(error)
      }
    },
  }
}
