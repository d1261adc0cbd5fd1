import { setTimeout as sleep } from 'node:timers/promises'

/** How often the API is asked whether it can serve figures, in milliseconds. */
const ASK_EVERY = 250
/**
 * Reasons of `/ready` that waiting does not mend, and what to do: the node's own head is older than the limit, or the
 * figures are not what the chain says.
 */
const LASTING: Readonly<Record<string, (reason: string) => string>> = {
  E5003: (reason) => `Newest figures are refused: ${reason} Name a block, or raise MAX_LAG_SECONDS.`,
  E5011: (reason) => `Figures differ from the chain (E5011): ${reason}`,
}

interface ReadyAnswer {
  readonly ready: boolean
  readonly reasons: readonly { readonly code: string; readonly reason: string }[]
}

/**
 * Resolves when `/ready` says yes.
 * @returns what there is to say all the same: why `/ready` says no although there is nothing more to index. The chain
 *   itself stands still, as that of a node that replays history does, or it contradicts what is indexed.
 */
export async function untilReady(
  url: () => string,
  isAtChainHead: () => boolean,
  signal: AbortSignal,
): Promise<readonly string[]> {
  for (;;) {
    const atHead = isAtChainHead()
    const response = await fetch(`${url()}/ready`, { signal }).catch(() => undefined)
    const answer = (await response?.json().catch(() => undefined)) as ReadyAnswer | undefined
    if (answer?.ready) return []
    const told = (answer?.reasons ?? []).map(({ code, reason }) => LASTING[code]?.(reason))
    const lasting = told.filter((text) => text !== undefined)
    if (atHead && lasting.length > 0 && lasting.length === told.length) return lasting
    await sleep(ASK_EVERY, undefined, { signal })
  }
}
