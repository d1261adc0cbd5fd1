import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { createClient as createStreamClient } from 'graphql-sse'
import { createClient as createSocketClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/** What comes to a subscriber, as it comes. */
export interface Followed {
  /** The next result; refusals of the whole operation come as one, too. */
  next(): Promise<FormattedExecutionResult>
  /** Resolves when the service has said that nothing more comes. */
  readonly completed: Promise<void>
  /** Resolves when nothing more comes, for whatever reason. */
  readonly ended: Promise<unknown>
  stop(): void
}

/** A client of either transport. */
export interface Client {
  follow(query: string, variables?: Record<string, unknown>): Followed
  close(): Promise<void>
}

interface Sink {
  next(result: unknown): void
  error(error: unknown): void
  complete(): void
}

/** Puts results that come into the order in which they are asked for. */
function followed(subscribe: (sink: Sink) => () => void): Followed {
  const results: FormattedExecutionResult[] = []
  const waiting: ((result: FormattedExecutionResult) => void)[] = []
  const give = (result: FormattedExecutionResult): void => {
    const taker = waiting.shift()
    if (taker === undefined) results.push(result)
    else taker(result)
  }
  let complete = (): void => undefined
  let end = (_reason: unknown): void => undefined
  const completed = new Promise<void>((resolve) => {
    complete = resolve
  })
  const ended = new Promise<unknown>((resolve) => {
    end = resolve
  })
  const stop = subscribe({
    next: (result) => give(result as FormattedExecutionResult),
    error(error) {
      if (Array.isArray(error)) give({ errors: error as GraphQLFormattedError[] })
      complete()
      end(error)
    },
    complete() {
      complete()
      end(undefined)
    },
  })
  return {
    next() {
      const result = results.shift()
      if (result !== undefined) return Promise.resolve(result)
      return new Promise((resolve) => waiting.push(resolve))
    },
    completed,
    ended,
    stop,
  }
}

export function socketClient(url: string): Client {
  const client = createSocketClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true })
  return {
    follow: (query, variables = {}) => followed((sink) => client.subscribe({ query, variables }, sink)),
    close: async () => client.dispose(),
  }
}

export function streamClient(url: string): Client {
  const client = createStreamClient({ url, retryAttempts: 0 })
  return {
    follow: (query, variables = {}) => followed((sink) => client.subscribe({ query, variables }, sink)),
    close: async () => client.dispose(),
  }
}
