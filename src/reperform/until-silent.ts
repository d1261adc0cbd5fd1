import type { Rpc } from '../chain/rpc/rpc'
import { NodeSilent } from './errors'

/** How often it is looked whether anything came, in milliseconds. */
const LOOK_EVERY = 2_000

/**
 * Hands on what comes, until nothing has come from any node for a while: questions are asked for ever otherwise, which is
 * right for a service and not for somebody who waits.
 * @param patience milliseconds without a byte
 * @throws NodeSilent (E7043)
 */
export async function* untilSilent<T extends { readonly toBlock: number }>(
  rpc: Rpc,
  items: AsyncGenerator<T>,
  patience: number,
): AsyncGenerator<T> {
  const received = (): number => rpc.status().reduce((sum, { bytesReceived }) => sum + bytesReceived, 0)
  let block = 0
  let bytes = received()
  let since = Date.now()
  let refuse: (error: NodeSilent) => void = () => undefined
  const silence = new Promise<never>((_, reject) => {
    refuse = reject
  })
  silence.catch(() => undefined)
  const look = (): void => {
    const now = received()
    if (now !== bytes) since = Date.now()
    bytes = now
    if (Date.now() - since < patience) return
    const url = rpc.status().map(({ name }) => name)
    refuse(new NodeSilent({ url: url.join(', '), block, seconds: Math.round(patience / 1_000) }))
  }
  const timer = setInterval(look, Math.min(LOOK_EVERY, patience))
  try {
    for (;;) {
      const item = await Promise.race([items.next(), silence])
      if (item.done) return
      block = item.value.toBlock
      yield item.value
      // What was done meanwhile is not the node's silence.
      since = Date.now()
    }
  } finally {
    clearInterval(timer)
    // A question that is never answered would hold up the end.
    void items.return(undefined).catch(() => undefined)
  }
}
