import type { RpcClient } from '@subsquid/rpc-client'
import { LogRemoved } from './errors'

/**
 * Makes a client refuse logs that are marked as removed (EIP-1474, `removed`). The SDK never looks at the mark, and
 * would count a log that a reorganisation took away.
 */
export function refuseRemovedLogs(client: RpcClient, shownUrl: string): void {
  const call = client.call.bind(client)
  client.call = async (method, params, options) => {
    const answer: unknown = await call(method, params, options)
    if (method === 'eth_getLogs') checkLogs(answer, shownUrl)
    return answer as never
  }
}

function checkLogs(answer: unknown, url: string): void {
  if (!Array.isArray(answer)) return
  for (const log of answer as readonly { removed?: unknown; blockNumber?: unknown; logIndex?: unknown }[]) {
    if (log.removed !== true) continue
    throw new LogRemoved({ url, block: Number(log.blockNumber), logIndex: Number(log.logIndex) })
  }
}
