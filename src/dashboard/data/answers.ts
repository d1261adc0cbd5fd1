import { useEffect, useState } from 'preact/hooks'
import { NoAnswer } from './ask'
import { onCommit } from './live'

/** What is known of a question now. An answer stays while a newer one is asked for, also if that fails. */
export interface Known<Answer> {
  readonly answer: Answer | undefined
  /** When it came, in milliseconds of the reader's clock; undefined before the first one. */
  readonly since: number | undefined
  /** Why the newest attempt has no answer; undefined where it has, or goes on. */
  readonly failure: NoAnswer | undefined
  retry(): void
}

/** When a question is asked again: with each commit of the indexer, with one of them in half a minute, or never. */
export type Renewal = 'commit' | 'seldom' | 'never'

/** Milliseconds between two answers to a question that is renewed seldom. */
const SELDOM = 30_000
/** Milliseconds until a question that failed is asked again; doubled each time, up to the second one. */
const PAUSES = { first: 2_000, longest: 30_000 } as const
/** Questions that nobody looks at any more, kept for who comes back. */
const MOST_KEPT = 50

class Entry<Answer> {
  answer: Answer | undefined
  since: number | undefined
  failure: NoAnswer | undefined
  readonly watchers = new Map<() => void, Renewal>()
  private isAsking = false
  private isOutdated = false
  private pause: number = PAUSES.first
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly load: () => Promise<Answer>) {}

  readonly retry = (): void => {
    this.pause = PAUSES.first
    void this.ask()
  }

  renewed(): void {
    const wishes = [...this.watchers.values()]
    const isDue = wishes.includes('seldom') && Date.now() - (this.since ?? 0) >= SELDOM
    // What failed is asked again in its own time: the commits go on while the API refuses.
    if (this.failure === undefined && (wishes.includes('commit') || isDue)) void this.ask()
  }

  async ask(): Promise<void> {
    clearTimeout(this.timer)
    if (this.isAsking) {
      // What is on its way may be from before the commit.
      this.isOutdated = true
      return
    }
    this.isAsking = true
    try {
      this.answer = await this.load()
      this.since = Date.now()
      this.failure = undefined
      this.pause = PAUSES.first
    } catch (error) {
      this.failure = error instanceof NoAnswer ? error : new NoAnswer(String(error), undefined)
      if (this.watchers.size > 0) this.timer = setTimeout(() => void this.ask(), this.pause)
      this.pause = Math.min(this.pause * 2, PAUSES.longest)
    }
    this.isAsking = false
    for (const watcher of this.watchers.keys()) watcher()
    if (!this.isOutdated) return
    this.isOutdated = false
    if (this.watchers.size > 0) void this.ask()
  }

  watch(watcher: () => void, renewal: Renewal): () => void {
    this.watchers.set(watcher, renewal)
    const isFresh = this.since !== undefined && renewal === 'never'
    // Who comes while it is asked waits with the others: nothing has happened since.
    if (!isFresh && !this.isAsking) void this.ask()
    return () => {
      this.watchers.delete(watcher)
      if (this.watchers.size === 0) clearTimeout(this.timer)
    }
  }
}

const entries = new Map<string, Entry<unknown>>()
onCommit(() => {
  for (const entry of entries.values()) entry.renewed()
})

function entryOf<Answer>(key: string, load: () => Promise<Answer>): Entry<Answer> {
  const known = entries.get(key)
  // The newest asked for is the last to go.
  entries.delete(key)
  const entry = known ?? new Entry<unknown>(load)
  entries.set(key, entry)
  for (const [old, { watchers }] of entries) {
    if (entries.size <= MOST_KEPT) break
    if (watchers.size === 0 && old !== key) entries.delete(old)
  }
  // A key stands for one question, and that for one type of answer.
  return entry as Entry<Answer>
}

/**
 * The answer to a question, renewed while somebody looks at it.
 * @param key the question as text, with its variables: who gives the same one shares the answer
 */
export function useAnswer<Answer>(key: string, load: () => Promise<Answer>, renewal: Renewal): Known<Answer> {
  const [, redraw] = useState(0)
  const entry = entryOf(key, load)
  // The key says all that the question does.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function for the same key is no other question
  useEffect(() => entryOf(key, load).watch(() => redraw((count) => count + 1), renewal), [key, renewal])
  const { answer, since, failure, retry } = entry
  return { answer, since, failure, retry }
}
