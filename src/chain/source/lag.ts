import type { NodeHeader } from '../rpc/node-types'
import { blockAt, type HotChain, topOf } from './hot-chain'

/** Sights of a lower head in a row, from which on it may be the chain's and not only that of a node that lags. */
const SIGHTS = 4
/** How long it has to be seen: where it is another block than the indexed one at its height; and where it is the same. */
const PATIENCE_WITH_FORK = 5_000
const PATIENCE_WITH_SAME = 15_000

/** What a sight of a head means: nothing new, a way to go, or that the chain may have become shorter. */
export type Sight = 'nothing' | 'known' | 'way' | 'shorter'

/**
 * Tells a chain that became shorter from a node that lags behind the others: the head never goes backwards for the
 * latter. The first sight of all counts at once, for nothing newer was seen before it.
 * @param now unix milliseconds
 */
export function lagDetector(now: () => number = Date.now): (chain: HotChain, head: NodeHeader) => Sight {
  let sights = 0
  let since = 0
  let isFirst = true
  return (chain, { number, hash }) => {
    const wasFirst = isFirst
    isFirst = false
    const height = Number(number)
    const top = topOf(chain)
    const isSame = blockAt(chain, height)?.hash === hash
    if (height >= top.height) {
      sights = 0
      return isSame ? 'known' : 'way'
    }
    if (height < chain.base.height) return 'nothing'
    if (sights === 0) since = now()
    sights += 1
    const patience = isSame ? PATIENCE_WITH_SAME : PATIENCE_WITH_FORK
    if (!wasFirst && (sights < SIGHTS || now() - since < patience)) return 'nothing'
    return isSame ? 'shorter' : 'way'
  }
}
