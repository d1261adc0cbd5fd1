import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import type { Batch, HotDataSource } from '@subsquid/util-internal-processor-tools'
import type { RangeRequestList } from '@subsquid/util-internal-range'
import type { VerificationSetting } from '../../config/verification'
import type { Decode } from '../decode-log'
import { inHex } from '../rpc/hex'
import type { NodeHeader } from '../rpc/node-types'
import type { Rpc } from '../rpc/rpc'
import { checkHeader } from '../verify/check-headers'
import { followHead } from './follow-head'
import type { Heads } from './heads'
import { readHistory } from './read-history'
import type { SourceBlock } from './source-block'
import { wantedOf } from './wanted-logs'

export interface RpcSourceOptions {
  readonly rpc: Rpc
  readonly heads: Heads
  readonly verification: VerificationSetting
  readonly decode: Decode
}

/** Blocks that history may still lack when it counts as read: the rest is the head's. */
const NEAR_THE_END = 200

/**
 * JSON-RPC nodes as the engine's source: finalized history in wide ranges of filtered logs, then the head block by
 * block.
 */
export function createRpcSource(options: RpcSourceOptions): HotDataSource<SourceBlock, DataRequest> {
  const { rpc, heads } = options
  return {
    getFinalizedHeight: async () => (await heads.refresh()).finalized,
    async getBlockHash(height) {
      const { value } = await rpc.call<NodeHeader | null>('eth_getBlockByNumber', [inHex(height), false], {
        check: (header) => void (header === null || checkHeader(header, { number: height })),
      })
      return value?.hash
    },
    getFinalizedBlocks: (requests, stopOnHead = false) => finalizedBlocks(options, requests, stopOnHead),
    processHotBlocks: (requests, state, apply) => followHead({ ...options, requests }, state, apply),
  }
}

async function* finalizedBlocks(
  { rpc, heads, verification, decode }: RpcSourceOptions,
  requests: RangeRequestList<DataRequest>,
  stopOnHead: boolean,
): AsyncGenerator<Batch<SourceBlock>> {
  for (const { range, request } of requests) {
    const wanted = wantedOf(request, decode)
    let next = range.from
    while (next <= (range.to ?? Number.POSITIVE_INFINITY)) {
      const { finalized } = heads.seen() ?? (await heads.refresh())
      const toBlock = Math.min(range.to ?? finalized, finalized)
      if (toBlock < next) {
        if (stopOnHead) return
        await nextSight(heads)
        continue
      }
      for await (const { blocks } of readHistory(
        { fromBlock: next, toBlock, wanted },
        { rpc, verification },
      )) {
        const isHead = blocks.at(-1)?.header.height === finalized
        yield { blocks, isHead }
      }
      next = toBlock + 1
      // While it was read the chain grew. What is left of it now is little: the head's reader takes it along.
      if (stopOnHead && (await heads.refresh()).finalized < next + NEAR_THE_END) {
        if (range.to === undefined || finalized < range.to) return
      }
    }
  }
}

function nextSight(heads: Heads): Promise<void> {
  return new Promise((resolve) => {
    const stop = heads.watch(() => {
      stop()
      resolve()
    })
  })
}
