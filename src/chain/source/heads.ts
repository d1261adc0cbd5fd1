import { setTimeout as sleep } from 'node:timers/promises'
import type { Finality } from '../../config/economy-file'
import type { NodeHeader } from '../rpc/node-types'
import { BadAnswer, type Rpc } from '../rpc/rpc'
import { checkHeader } from '../verify/check-headers'

/** The newest block as a node just told it, and up to where the chain is final. */
export interface HeadSeen {
  readonly head: NodeHeader
  /** Height; never lower than what was seen before. */
  readonly finalized: number
  /** Unix milliseconds. */
  readonly observedAt: number
}

/** What is known of the chain's end. */
export interface Heads {
  /** Asks now. */
  refresh(): Promise<HeadSeen>
  /** The highest head so far, at its newest sight; undefined before the first. */
  seen(): HeadSeen | undefined
  /** Tells each sight of a head, whatever it is: a newer one, the same again, or a lower one of a node that lags. */
  watch(listener: (seen: HeadSeen) => void): () => void
  /** Asks no more. */
  close(): void
}

/**
 * Watches the end of the chain: by heads that are pushed where an endpoint pushes, and by asking every `interval`
 * milliseconds everywhere, which also tells what is final and notices another block at the same height.
 */
export function watchHeads(rpc: Rpc, finality: Finality, interval: number): Heads {
  const listeners = new Set<(seen: HeadSeen) => void>()
  const closed = new AbortController()
  let highest: HeadSeen | undefined
  let finalized = 0

  const take = (head: NodeHeader, final: number): HeadSeen => {
    finalized = Math.max(finalized, final)
    const seen = { head, finalized, observedAt: Date.now() }
    const isLower = highest !== undefined && Number(head.number) < Number(highest.head.number)
    highest = isLower && highest !== undefined ? { ...highest, finalized } : seen
    for (const listener of listeners) listener(seen)
    return seen
  }
  const depth = finality.kind === 'confirmations' ? finality.confirmations : 0
  const finalBelow = (head: NodeHeader): number => Math.max(Number(head.number) - depth, 0)

  const refresh = async (): Promise<HeadSeen> => {
    const tags = finality.kind === 'tag' ? ['latest', finality.tag] : ['latest']
    const answers = await rpc.callEach<NodeHeader>(
      'eth_getBlockByNumber',
      tags.map((tag) => [tag, false]),
      { check: (header) => checkHeader(header, {}), priority: -1, signal: closed.signal },
    )
    const [head, final] = answers.map(({ value }) => value)
    if (head === undefined) throw new BadAnswer('malformed', 'there is no newest block')
    return take(head, final === undefined ? finalBelow(head) : Number(final.number))
  }

  const unsubscribe = rpc.onNewHead((pushed) => {
    try {
      checkHeader(pushed, {})
      const head = pushed as NodeHeader
      take(head, finality.kind === 'tag' ? finalized : finalBelow(head))
    } catch {
      // A head that is not one is none: the next question will tell.
    }
  })

  const poll = async (): Promise<void> => {
    while (!closed.signal.aborted) {
      await sleep(interval, undefined, { signal: closed.signal, ref: false })
      await refresh().catch(() => undefined)
    }
  }
  poll().catch(() => undefined)

  return {
    refresh,
    seen: () => highest,
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      unsubscribe()
      closed.abort()
    },
  }
}
