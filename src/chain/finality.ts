import { EvmRpcDataSource } from '@subsquid/evm-processor/lib/ds-rpc/client'
import type { RpcClient } from '@subsquid/rpc-client'
import type { Finality } from '../config/economy-file'
import { FinalityTagUnknown } from './errors'
import { refuseRemovedLogs } from './removed-logs'

/** How often a polled node is asked for its head, in milliseconds. */
const HEAD_POLL_INTERVAL = 1_000

// What the SDK's data source keeps private, and what the tag needs: its idea of depth and of the head.
interface Internals {
  finalityConfirmation: number
  readonly rpc: { getHeight(): Promise<number> }
}

/**
 * The SDK's RPC source, final where `finality` says so. The SDK knows finality as a depth only; for a tag, the
 * depth is measured afresh each time that the head is read, so that head minus depth is the tagged block.
 */
export function createDataSource(
  client: RpcClient,
  finality: Finality,
  shownUrl: string,
  log: NonNullable<ConstructorParameters<typeof EvmRpcDataSource>[0]['log']>,
): EvmRpcDataSource {
  refuseRemovedLogs(client, shownUrl)
  const source = followShorterChain(
    new EvmRpcDataSource({
      rpc: client,
      finalityConfirmation: finality.kind === 'confirmations' ? finality.confirmations : 0,
      headPollInterval: HEAD_POLL_INTERVAL,
      log,
    }),
  )
  if (finality.kind === 'confirmations') return source
  const internals = source as unknown as Internals
  const getHead = internals.rpc.getHeight.bind(internals.rpc)
  internals.rpc.getHeight = async () => {
    const final = await taggedHeight(client, finality.tag, shownUrl)
    const head = Math.max(await getHead(), final)
    internals.finalityConfirmation = head - final
    return head
  }
  // Heads that are pushed would come without a fresh depth, and old depth is too shallow: poll instead.
  client.supportsNotifications = () => false
  return source
}

/**
 * Lets a start begin from what the node confirms. The SDK goes on from the newest block that is stored, and takes
 * any lower head for an old one: a chain that came back shorter would be served as it was until it outgrew that.
 * The newest confirmed block is left out as well, so that it is read again, which undoes everything above it.
 */
function followShorterChain(source: EvmRpcDataSource): EvmRpcDataSource {
  const processHotBlocks = source.processHotBlocks.bind(source)
  source.processHotBlocks = async (requests, state, update) => {
    let confirmed = state.top.length
    while (confirmed > 0) {
      const block = state.top[confirmed - 1]
      if (block !== undefined && (await source.getBlockHash(block.height)) === block.hash) break
      confirmed -= 1
    }
    const isWhole = confirmed === state.top.length
    const top = isWhole ? state.top : state.top.slice(0, Math.max(confirmed - 1, 0))
    return processHotBlocks(requests, { ...state, top }, update)
  }
  return source
}

async function taggedHeight(client: RpcClient, tag: string, url: string): Promise<number> {
  const block: { number: string } | null = await client.call('eth_getBlockByNumber', [tag, false])
  if (block === null) throw new FinalityTagUnknown({ url, tag, reason: 'it answers null' })
  return Number(block.number)
}
