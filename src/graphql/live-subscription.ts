import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Commits } from '../read/commits'
import { DatabaseUnavailable, QueryTooSlow, Refusal } from '../read/errors'
import type { ReadStore, Reads } from '../read/reads'
import type { Feed } from './live-feeds'
import { createWakeUp, type WakeUp } from './live-wake-up'
import { causeOf } from './present-error'

/** How long to wait until what failed for want of a database is tried again, in milliseconds; doubled each time. */
const FIRST_PAUSE = 250
const LONGEST_PAUSE = 10_000
/** Node's longest timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1

export interface Following {
  readonly store: ReadStore
  readonly commits: Commits
  /** Makes one message of news, from the state of the database that they were read from. */
  readonly answer: (reads: Reads, news: unknown) => Promise<ExecutionResult>
  /** Shares what several subscribers ask at once. */
  readonly share: <Result>(key: string, ask: () => Promise<Result>) => Promise<Result>
}

/** The messages of one subscription: pulled, never pushed. */
export interface Messages extends AsyncIterableIterator<ExecutionResult, undefined> {
  return(): Promise<IteratorResult<ExecutionResult, undefined>>
  throw(error: unknown): Promise<IteratorResult<ExecutionResult, undefined>>
}

/**
 * Follows a feed, commit by commit. A subscriber is a flag that it was woken and how far it has got: however many commits
 * there are before it takes a message, the next one tells of all.
 * @throws what the database refuses now; later it is waited for
 */
export async function follow<Position, News>(
  feed: Feed<Position, News>,
  following: Following,
): Promise<Messages> {
  const wakeUp = createWakeUp()
  // Before the first look, so that no commit falls between it and the second.
  const stop = following.commits.watch(wakeUp.raise)
  try {
    const start = await following.store.snapshot((reads) => feed.begin(reads))
    const messages = messagesOf(feed, start, following, wakeUp)
    const end = (): void => {
      stop()
      wakeUp.end()
    }
    const live: Messages = {
      [Symbol.asyncIterator]: () => live,
      next: () =>
        messages.next().catch((error: unknown) => {
          end()
          throw error
        }),
      // A generator that waits does not end before it is woken.
      return() {
        end()
        return messages.return(undefined)
      },
      throw(error) {
        end()
        return messages.throw(error)
      },
    }
    return live
  } catch (error) {
    stop()
    throw error
  }
}

async function* messagesOf<Position, News>(
  feed: Feed<Position, News>,
  start: Position,
  { store, commits, answer, share }: Following,
  wakeUp: WakeUp,
): AsyncGenerator<ExecutionResult, undefined> {
  const look = (position: Position) =>
    share(`${commits.version()} ${JSON.stringify(position)}`, () =>
      store.snapshot(async (reads) => {
        const { news, ...step } = await feed.next(reads, position)
        const { maxLagSeconds } = reads.freshness
        return {
          ...step,
          maxLagSeconds,
          message: news === undefined ? undefined : requireState(await answer(reads, news)),
        }
      }),
    )
  let position = start
  let pause = FIRST_PAUSE
  let told: string | undefined
  let ageing: NodeJS.Timeout | undefined
  while (await wakeUp.raised()) {
    clearTimeout(ageing)
    let message: ExecutionResult | undefined
    try {
      const step = await look(position)
      ;({ position, message } = step)
      if (step.isMore) wakeUp.raise()
      // Without a commit nobody would look again, and what was told last would go on looking fresh.
      const age = Math.min((step.maxLagSeconds + 1) * 1_000, LONGEST_TIMER)
      ageing = setTimeout(wakeUp.raise, age).unref()
      pause = FIRST_PAUSE
      told = undefined
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unavailable') throw error
      if (error instanceof DatabaseUnavailable || error instanceof QueryTooSlow) {
        setTimeout(wakeUp.raise, pause).unref()
        pause = Math.min(2 * pause, LONGEST_PAUSE)
      } else if (told !== error.code) {
        // Once for each reason: the next commit would find it again.
        told = error.code
        message = { errors: [new GraphQLError(error.message, { originalError: error })] }
      }
    }
    if (message !== undefined) yield message
  }
  clearTimeout(ageing)
  return undefined
}

/** A message for which the database was away has told nothing: its news are still to be told. */
function requireState(message: ExecutionResult): ExecutionResult {
  for (const error of message.errors ?? []) {
    const cause = causeOf(error)
    if (cause instanceof Refusal && cause.kind === 'unavailable') throw cause
  }
  return message
}
