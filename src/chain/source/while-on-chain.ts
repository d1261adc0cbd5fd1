import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeHeader } from '../rpc/node-types'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { Disagreement } from './disagreement'

/** How often it is looked whether blocks are still on the chain while they are read, in milliseconds. */
const LOOK_EVERY = 300
/** Looks at which there is no block at that height, from which on there is none any more. */
const MISSES = 5

/**
 * Reads something of blocks by their hashes for as long as they are on the chain. A node that does not have a block any
 * more says what one says that does not have it yet: such an answer would be waited for in vain.
 * @param last of the blocks
 * @param read what asks through the given endpoints, and is stopped if there is another block in its place
 * @throws Disagreement if the chain has moved
 */
export async function whileOnChain<T>(
  rpc: Rpc,
  last: NodeHeader,
  read: (bounded: Rpc) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  // Every question listens to it while it is asked: dozens at once, without a limit to warn of.
  setMaxListeners(0, signal)
  const bounded: Rpc = {
    ...rpc,
    call: (method, params, options) => rpc.call(method, params, { ...options, signal }),
    callEach: (method, params, options) => rpc.callEach(method, params, { ...options, signal }),
  }
  try {
    return await Promise.race([read(bounded), gone(bounded, last, signal)])
  } finally {
    controller.abort()
  }
}

async function gone(rpc: Rpc, { number, hash }: NodeHeader, signal: AbortSignal): Promise<never> {
  for (let misses = 0; misses < MISSES; ) {
    await sleep(LOOK_EVERY, undefined, { signal })
    const { value } = await rpc.call<NodeHeader | null>('eth_getBlockByNumber', [number, false], {
      priority: -1,
    })
    if (value === null) misses += 1
    else if (value.hash !== hash) break
  }
  throw new Disagreement(`block ${Number(number)} is not ${hash} any more`, new Set<EndpointName>())
}
