import { setTimeout as sleep } from 'node:timers/promises'

/** How often the API is asked whether it can serve figures, in milliseconds. */
const ASK_EVERY = 250

/** Resolves when `/ready` says yes. */
export async function untilReady(url: () => string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(`${url()}/ready`, { signal }).catch(() => undefined)
    if (answer?.ok) return
    await answer?.body?.cancel()
    await sleep(ASK_EVERY, undefined, { signal })
  }
}
