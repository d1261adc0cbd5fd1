import { setTimeout as sleep } from 'node:timers/promises'
import type { Finality } from '../../config/economy-file'
import type { NodeHeader } from '../rpc/node-types'
import { type Answer, BadAnswer, type Rpc } from '../rpc/rpc'
import { checkHeader } from '../verify/check-headers'
import { confirmBlock } from './confirm-block'
import { Disagreement } from './disagreement'

/** The newest block as a node just told it, and up to where the chain is final. */
export interface HeadSeen {
  readonly head: NodeHeader
  /** Height; never lower than what was seen before. */
  readonly finalized: number
  /** Unix milliseconds. */
  readonly observedAt: number
}

/** How long a higher head is kept that is not seen again, in milliseconds: it was none, or the chain lost it. */
const FORGOTTEN = 60_000

/** What is known of the chain's end. */
export interface Heads {
  /** Blocks below the head that may still be undone; 0 where a tag tells which. */
  readonly depth: number
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
  /** When a head as high as the highest was last seen. */
  let highestAt = 0
  let finalized = 0

  const take = (head: NodeHeader): HeadSeen => {
    const seen = { head, finalized, observedAt: Date.now() }
    const { head: top = head } = highest ?? {}
    const isLower = Number(head.number) < Number(top.number) && seen.observedAt - highestAt < FORGOTTEN
    if (!isLower) highestAt = seen.observedAt
    highest = isLower ? { ...seen, head: top } : seen
    for (const listener of listeners) listener(seen)
    return seen
  }

  /**
   * What is final is never undone, so that nobody's word alone makes more of it so: by a tag, another endpoint has to
   * call it final, too; by a depth, to know the head that it is counted from.
   * @returns the height that both agree on
   */
  const agreed = async ({ value, endpoint }: Answer<NodeHeader>): Promise<number> => {
    const height = Number(value.number)
    const avoid = new Set([endpoint])
    if (finality.kind === 'confirmations') {
      // Those that follow the head count from what they have reached: only a long way ahead is taken on trust.
      if (height <= finalized + 2 * finality.confirmations) return height - finality.confirmations
      await confirmBlock(rpc, { number: height, hash: value.hash }, avoid, -1)
      return height - finality.confirmations
    }
    const isAlone = !rpc.status().some(({ name, state }) => name !== endpoint && state === 'ready')
    if (height <= finalized || isAlone) return height
    const other = await rpc.call<NodeHeader>('eth_getBlockByNumber', [finality.tag, false], {
      avoid,
      check: (header) => checkHeader(header, {}),
      priority: -1,
      signal: closed.signal,
    })
    return Math.min(height, Number(other.value.number))
  }

  const finalize = async (told: Answer<NodeHeader>): Promise<void> => {
    try {
      finalized = Math.max(finalized, await agreed(told))
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error
      rpc.distrust(told.endpoint, error.message)
    }
  }

  const refresh = async (): Promise<HeadSeen> => {
    const tags = finality.kind === 'tag' ? ['latest', finality.tag] : ['latest']
    const answers = await rpc.callEach<NodeHeader>(
      'eth_getBlockByNumber',
      tags.map((tag) => [tag, false]),
      { check: (header) => checkHeader(header, {}), priority: -1, signal: closed.signal },
    )
    const [head, final] = answers
    if (head === undefined) throw new BadAnswer('malformed', 'there is no newest block')
    if (finality.kind === 'confirmations') await finalize(head)
    else if (final && Number(final.value.number) <= Number(head.value.number)) await finalize(final)
    return take(head.value)
  }

  const unsubscribe = rpc.onNewHead((pushed) => {
    try {
      checkHeader(pushed, {})
      take(pushed as NodeHeader)
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
    depth: finality.kind === 'confirmations' ? finality.confirmations : 0,
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
