import type { Hash } from '../../core/address'
import type { NodeHeader } from '../rpc/node-types'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { Disagreement } from './disagreement'

/**
 * Has somebody else, where there is one, say that there is a block with this hash: of the last header that is read,
 * nothing else speaks of its hash, and all that follows has to descend from it.
 * @param told who said so
 * @throws Disagreement if there is none
 */
export async function confirmBlock(
  rpc: Rpc,
  { number, hash }: { readonly number: number; readonly hash: Hash },
  told: ReadonlySet<EndpointName>,
  priority = 0,
): Promise<void> {
  const { value, endpoint } = await rpc.call<NodeHeader | null>('eth_getBlockByHash', [hash, false], {
    avoid: told,
    priority,
  })
  if (value !== null && Number(value.number) === number) return
  throw new Disagreement(`there is no block ${number} with hash ${hash}`, new Set([...told, endpoint]))
}
