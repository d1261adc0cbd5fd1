import { createPublicClient, http, type PublicClient, webSocket } from 'viem'
import { type ChainNode, nodeOver } from './node'

/**
 * A client of a node over HTTP or WebSocket; nothing is sent until something is asked.
 * @param options how long one try of a call may take, in milliseconds, and how often it is tried again
 */
export function clientOf(url: string, options: { timeout: number; retryCount: number }): PublicClient {
  const transport = /^wss?:/.test(url) ? webSocket(url, options) : http(url, options)
  return createPublicClient({ transport }) as PublicClient
}

/** Connects to a node; nothing is sent until something is asked. */
export function connectNode(url: string, shownUrl: string): ChainNode {
  const client = clientOf(url, { timeout: 15_000, retryCount: 2 })
  return nodeOver((method, params) => client.request({ method, params } as never), shownUrl)
}
