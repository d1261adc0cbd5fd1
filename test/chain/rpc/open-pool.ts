import { createPool, type PoolOptions } from '../../../src/chain/rpc/pool'
import type { EndpointStatus, Rpc } from '../../../src/chain/rpc/rpc'
import { type NodeServer, startNode } from './node-server'

/** What `closeAll` closes, the last one first. */
export const closing: { close(): Promise<void> }[] = []

export async function closeAll(): Promise<void> {
  for (const each of closing.splice(0).reverse()) await each.close()
}

export async function nodes(count: number): Promise<NodeServer[]> {
  const started = await Promise.all(Array.from({ length: count }, () => startNode()))
  closing.push(...started)
  return started
}

/** A pool that admits everybody, ready; endpoints are shown as a, b, c. */
export async function pool(
  servers: readonly { url: string }[],
  options: Partial<PoolOptions> = {},
): Promise<Rpc> {
  const rpc = createPool({
    endpoints: servers.map(({ url }, index) => ({ url, shownUrl: 'abc'[index] ?? 'd' })),
    admit: async () => {},
    ...options,
  })
  closing.push(rpc)
  await rpc.ready(5_000)
  return rpc
}

export const statusOf = (rpc: Rpc, name: string): EndpointStatus | undefined =>
  rpc.status().find((each) => each.name === name)
