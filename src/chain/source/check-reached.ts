import type { EndpointName, Rpc } from '../rpc/rpc'
import { Disagreement } from './disagreement'

/**
 * Has endpoints that gave the logs of a range say that they have reached its end: of blocks that a node does not have
 * yet, it gives no logs, and does not say so.
 * @throws Disagreement naming one that lags, or does not answer any more
 */
export async function checkReached(
  rpc: Rpc,
  block: number,
  endpoints: ReadonlySet<EndpointName>,
  priority: number,
): Promise<void> {
  const everybody = rpc.status().map(({ name }) => name)
  await Promise.all(
    [...endpoints].map(async (asked) => {
      const avoid = new Set(everybody.filter((name) => name !== asked))
      const { value, endpoint } = await rpc.call<string>('eth_blockNumber', [], { avoid, priority })
      if (endpoint === asked && Number(value) >= block) return
      throw new Disagreement(`has not reached block ${block}, and gave logs up to there`, new Set([asked]))
    }),
  )
}
