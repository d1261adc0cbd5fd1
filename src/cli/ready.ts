import { setTimeout as sleep } from 'node:timers/promises'

/** How often the API is asked whether it can serve figures, in milliseconds. */
const ASK_EVERY = 250
/** The one reason of `/ready` that waiting does not mend: the node's own head is older than the limit. */
const STALE_HEAD = 'E5003'

interface ReadyAnswer {
  readonly ready: boolean
  readonly reasons: readonly { readonly code: string; readonly reason: string }[]
}

/**
 * Resolves when `/ready` says yes.
 * @returns undefined, or why the newest figures are refused although there is nothing more to index: the chain
 *   itself stands still, as that of a node that replays history does
 */
export async function untilReady(
  url: () => string,
  isAtChainHead: () => boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const atHead = isAtChainHead()
    const response = await fetch(`${url()}/ready`, { signal }).catch(() => undefined)
    const answer = (await response?.json().catch(() => undefined)) as ReadyAnswer | undefined
    if (answer?.ready) return undefined
    const [first, ...others] = answer?.reasons ?? []
    if (atHead && first?.code === STALE_HEAD && others.length === 0) return first.reason
    await sleep(ASK_EVERY, undefined, { signal })
  }
}
