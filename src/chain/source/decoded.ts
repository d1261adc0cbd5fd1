import type { DataSource } from '@subsquid/util-internal-processor-tools'
import type { Decode } from '../decode-log'
import type { GatewayBlock } from './gateway-blocks'
import type { SourceBlock } from './source-block'

/** A gateway's history with its logs decoded. */
export function decoded<R>(gateway: DataSource<GatewayBlock, R>, decode: Decode): DataSource<SourceBlock, R> {
  return {
    getFinalizedHeight: () => gateway.getFinalizedHeight(),
    getBlockHash: (height) => gateway.getBlockHash(height),
    async *getFinalizedBlocks(requests, stopOnHead) {
      for await (const { blocks, isHead } of gateway.getFinalizedBlocks(requests, stopOnHead)) {
        yield { blocks: blocks.map((block) => decodedBlock(block, decode)), isHead }
      }
    },
  }
}

function decodedBlock({ logs, ...block }: GatewayBlock, decode: Decode): SourceBlock {
  return { ...block, events: logs.flatMap((log) => decode(log, block.header.height) ?? []) }
}
