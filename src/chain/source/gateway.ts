import { EvmArchive } from '@subsquid/evm-processor/lib/ds-archive/client'
import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import type { Logger } from '@subsquid/logger'
import type { DataSource } from '@subsquid/util-internal-processor-tools'
import { GatewayUnusable } from '../errors'
import { BadAnswer } from '../rpc/rpc'
import { isLowerData } from '../verify/hex-shape'
import { type GatewayBlock, readGatewayBlocks } from './gateway-blocks'
import { GatewayClient, gatewayReason } from './gateway-client'

export interface GatewayOptions {
  readonly url: string
  /** Without its secrets: what errors are given. */
  readonly shownUrl: string
  readonly apiKey: string | undefined
  readonly log: Logger
  /** How long a gateway that is away or overloaded is asked again, in milliseconds; a minute if left out. */
  readonly patience?: number
}

const PATIENCE = 60_000

/**
 * Final history from an SQD Network gateway, through the SDK's own archive client. Blocks without wanted logs are left
 * out, as the engine allows; the last block of every batch is there.
 *
 * Whatever goes wrong is GatewayUnusable (E3016), thrown by the question or out of the iteration: what was handed over
 * before it stays true, and another source can go on behind the last block of it.
 */
export function createGatewaySource({
  url,
  shownUrl,
  apiKey,
  log,
  patience = PATIENCE,
}: GatewayOptions): DataSource<GatewayBlock, DataRequest> {
  const client = new GatewayClient({ url, apiKey, log, patience })
  const archive = new EvmArchive(client)
  const unusable = (error: unknown): GatewayUnusable =>
    new GatewayUnusable({ url: shownUrl, reason: gatewayReason(error) })

  return {
    getFinalizedHeight: async () => {
      try {
        return await archive.getFinalizedHeight()
      } catch (error) {
        throw unusable(error)
      }
    },
    getBlockHash: async (height) => {
      try {
        // The SDK's own question would take the hash of whatever block comes.
        const [block] = await client.query({ fromBlock: height, toBlock: height, includeAllBlocks: true })
        if (block?.header.number === height && isLowerData(block.header.hash, 32)) return block.header.hash
        throw new BadAnswer('malformed', `asked for block ${height}, it gives none or another one`)
      } catch (error) {
        throw unusable(error)
      }
    },
    async *getFinalizedBlocks(requests, stopOnHead) {
      const read = readGatewayBlocks(requests)
      try {
        for await (const { blocks, isHead } of archive.getFinalizedBlocks(requests, stopOnHead)) {
          yield { blocks: read(blocks), isHead }
        }
      } catch (error) {
        throw unusable(error)
      }
    },
  }
}
