import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** What the indexer commits, as it is told by the database. */
export interface Commits {
  /**
   * A number that is another one after every commit; undefined while nobody listens: then a commit may have gone
   * unheard, and nothing that was read before may count as the newest.
   */
  version(): number | undefined
  /**
   * Tells of commits, several at once as one; also when listening begins again after a break, for then there may have
   * been any.
   * @returns how to stop being told
   */
  watch(heard: () => void): () => void
  close(): Promise<void>
}

/** The channel on which the database announces commits (db/migrations). */
const CHANNEL = 'ashao_commit'
/** How long the database may take to let a listener in, and to answer it, in milliseconds. */
const PATIENCE = 5_000
/** Silence after which it is asked whether there is still somebody, in milliseconds. */
const HEARTBEAT = 10_000
/** How long to wait before the next try, in milliseconds; doubled after each one that fails. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000
/** How long the database may take to let a listener go, in milliseconds. */
const FAREWELL = 1_000

/**
 * Listens to the commits of the indexer on a connection of its own, for ever: where it breaks, another one is opened.
 * @param url a primary: a replica cannot listen, nor can a pooler that gives each transaction another connection
 * @param heartbeat how long silence is trusted, in milliseconds
 * @param onError told why nobody listens, and of a watcher that fails; nothing is ever thrown
 */
export function listenForCommits(
  url: string,
  onError: (error: Error) => void,
  heartbeat = HEARTBEAT,
): Commits {
  const watchers = new Set<() => void>()
  const closing = new AbortController()
  let count = 0
  let isListening = false

  const commit = (): void => {
    count += 1
    for (const heard of watchers) {
      try {
        heard()
      } catch (error) {
        onError(errorOf(error))
      }
    }
  }
  const listener: Listener = {
    heard: commit,
    begins() {
      isListening = true
      commit()
    },
    ends() {
      isListening = false
    },
  }
  const keepListening = async (): Promise<void> => {
    let pause = FIRST_PAUSE
    while (!closing.signal.aborted) {
      const before = count
      await listen(url, heartbeat, closing.signal, listener).catch((error: unknown) => {
        if (!closing.signal.aborted) onError(errorOf(error))
      })
      pause = count === before ? Math.min(2 * pause, LONGEST_PAUSE) : FIRST_PAUSE
      await sleep(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    }
  }
  const running = keepListening()
  return {
    version: () => (isListening ? count : undefined),
    watch(heard) {
      // A function of its own for each: the same one may be told twice, and stop once.
      const watcher = (): void => heard()
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    async close() {
      closing.abort()
      watchers.clear()
      await running
    },
  }
}

/** What becomes of one connection. */
interface Listener {
  begins(): void
  heard(): void
  ends(): void
}

/** Listens on one connection, until it breaks or is told to stop. */
async function listen(
  url: string,
  heartbeat: number,
  signal: AbortSignal,
  { begins, heard, ends }: Listener,
): Promise<never> {
  const client = new Client({
    connectionString: url,
    application_name: 'ashao-api-commits',
    connectionTimeoutMillis: PATIENCE,
    query_timeout: Math.min(PATIENCE, heartbeat),
    keepAlive: true,
    keepAliveInitialDelayMillis: heartbeat,
  })
  let beating: NodeJS.Timeout | undefined
  let breakOff: (reason: unknown) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    breakOff = reject
  })
  // It may break before, or after, anybody waits for that.
  broken.catch(() => undefined)
  client.on('error', breakOff)
  client.on('end', () => breakOff(new Error('the connection was closed')))
  const stop = (): void => breakOff(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    await Promise.race([client.connect(), broken])
    client.on('notification', heard)
    await Promise.race([client.query(`LISTEN ${CHANNEL}`), broken])
    begins()
    // Where the other side is gone without a word, only a question shows it.
    beating = setInterval(() => client.query('SELECT 1').catch(breakOff), heartbeat)
    beating.unref()
    return await broken
  } finally {
    clearInterval(beating)
    ends()
    signal.removeEventListener('abort', stop)
    client.removeListener('notification', heard)
    await hangUp(client)
  }
}

/** Says goodbye; a server that is gone does not answer. */
async function hangUp(client: Client): Promise<void> {
  const timer = setTimeout(() => client.connection.stream.destroy(), FAREWELL)
  await client.end().catch(() => undefined)
  clearTimeout(timer)
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
