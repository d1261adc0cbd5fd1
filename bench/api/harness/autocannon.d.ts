/** The part of autocannon's programmatic interface that the bench uses; the package brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  namespace autocannon {
    interface Request {
      readonly method: 'GET' | 'POST'
      readonly path: string
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }

    interface Client {
      setRequests(requests: readonly Request[]): void
    }

    interface Options {
      readonly url: string
      readonly connections: number
      /** Seconds. */
      readonly duration: number
      readonly setupClient: (client: Client) => void
      /** Whether a body is what was wanted; others are counted as mismatches. */
      readonly verifyBody: (body: string) => boolean
    }

    interface Result {
      /** Connections that broke, timeouts among them. */
      readonly errors: number
      readonly non2xx: number
      readonly mismatches: number
      /** Seconds that it took. */
      readonly duration: number
    }

    /** Emits `response` with client, status, bytes and milliseconds; settles when the duration is over. */
    interface Run extends EventEmitter, PromiseLike<Result> {}
  }

  function autocannon(options: autocannon.Options): autocannon.Run
  export = autocannon
}
