import { type Client, createClient } from 'graphql-ws'
import { useEffect, useState } from 'preact/hooks'
import { NewBlocksDocument, NewestBlockDocument } from '../generated'
import { ask } from './ask'

/** How the page hears of commits: told at once, asking every few seconds, or not at all. */
export type Liveness = 'connecting' | 'live' | 'asking' | 'lost'

/** Milliseconds between two questions where nobody tells. */
const ASK_EVERY = 5_000

let liveness: Liveness = 'connecting'
let newest: string | undefined
let client: Client | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const commitHeard = new Set<() => void>()
const livenessHeard = new Set<() => void>()

/** Calls back whenever the index has changed. @returns how to stop */
export function onCommit(heard: () => void): () => void {
  commitHeard.add(heard)
  if (client === undefined) connect()
  return () => commitHeard.delete(heard)
}

/** How the page hears of commits now. */
export function useLiveness(): Liveness {
  const [, redraw] = useState(0)
  useEffect(() => {
    const heard = () => redraw((count) => count + 1)
    livenessHeard.add(heard)
    return () => void livenessHeard.delete(heard)
  }, [])
  return liveness
}

function connect(): void {
  const address = new URL('/graphql', location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  client = createClient({
    url: address.href,
    lazy: false,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // What it fails with is shown as liveness, and what is asked besides says more.
    onNonLazyError: () => undefined,
    on: {
      connected: () => become('live'),
      closed: () => askInstead(),
      error: () => askInstead(),
    },
  })
  client.subscribe(
    { query: NewBlocksDocument.toString() },
    {
      next: ({ data }) => commit(JSON.stringify(data)),
      error: () => askInstead(),
      complete: () => undefined,
    },
  )
}

function askInstead(): void {
  if (timer !== undefined) return
  // Who was lost stays so until somebody answers.
  if (liveness !== 'lost') become('asking')
  timer = setTimeout(async () => {
    timer = undefined
    if (liveness === 'live') return
    try {
      commit(JSON.stringify(await ask(NewestBlockDocument, {})))
      become('asking')
    } catch {
      become('lost')
    }
    askInstead()
  }, ASK_EVERY)
}

function commit(block: string): void {
  if (block === newest) return
  newest = block
  for (const heard of commitHeard) heard()
}

function become(now: Liveness): void {
  if (now === liveness) return
  // Whatever happened while nobody listened is asked for.
  const isBack = now === 'live'
  liveness = now
  for (const heard of livenessHeard) heard()
  if (isBack) for (const heard of commitHeard) heard()
}
