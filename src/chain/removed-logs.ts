import type { RpcClient } from '@subsquid/rpc-client'
import { LogRemoved } from './errors'

interface NodeLog {
  readonly removed?: unknown
  readonly blockNumber?: unknown
  readonly logIndex?: unknown
}

/**
 * Makes a client refuse logs that are marked as removed (EIP-1474, `removed`). The SDK never looks at the mark, and
 * would count a log that a reorganisation took away. Where a node cannot answer for all logs of a block at once, the
 * SDK reads them from the receipts, one call for each; receipts in batches it asks for only if it is told to.
 */
export function refuseRemovedLogs(client: RpcClient, shownUrl: string): void {
  const call = client.call.bind(client)
  client.call = async (method, params, options) => {
    const answer: unknown = await call(method, params, options)
    if (method === 'eth_getLogs') checkLogs(answer, shownUrl)
    if (method === 'eth_getTransactionReceipt')
      checkLogs((answer as { logs?: unknown } | null)?.logs, shownUrl)
    return answer as never
  }
}

function checkLogs(logs: unknown, url: string): void {
  if (!Array.isArray(logs)) return
  for (const log of logs as readonly NodeLog[]) {
    if (log.removed !== true) continue
    throw new LogRemoved({ url, block: Number(log.blockNumber), logIndex: Number(log.logIndex) })
  }
}
