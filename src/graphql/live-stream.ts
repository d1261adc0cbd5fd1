import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FormattedExecutionResult } from 'graphql'
import type { LiveLimits } from './live-limits'

/** A response that goes on, in the distinct connections mode of GraphQL over server-sent events. */
export interface LiveStream {
  /** Sends one result. Resolves when it was taken, or the client is gone. */
  next(result: FormattedExecutionResult): Promise<void>
  /** Tells that nothing more comes, and ends. */
  complete(): Promise<void>
}

/**
 * Begins a stream. The handler of graphql-sse takes results as fast as they come, and keeps those that are not taken: here
 * each is waited for.
 */
export function openStream(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  { patience, heartbeat }: Pick<LiveLimits, 'patience' | 'heartbeat'>,
): LiveStream {
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy that waits for more would keep what is new from whoever waits for it.
    'x-accel-buffering': 'no',
  })
  const gone = once(response, 'close')
  const write = async (text: string): Promise<void> => {
    if (response.destroyed) return
    const timer = setTimeout(() => response.destroy(), patience)
    // A race with one promise that lasts as long as the stream would keep something of every message.
    await new Promise<void>((resolve) => {
      const done = (): void => {
        response.off('close', done)
        resolve()
      }
      response.once('close', done)
      response.write(text, done)
    })
    clearTimeout(timer)
  }
  const event = (name: string, data: string): Promise<void> => write(`event: ${name}\ndata: ${data}\n\n`)
  // Some browsers see the headers only once something follows.
  response.write(':\n\n')
  const beating = setInterval(() => {
    if (response.writableLength === 0) response.write(':\n\n')
  }, heartbeat)
  gone.then(() => clearInterval(beating))
  return {
    next: (result) => event('next', JSON.stringify(result)),
    async complete() {
      await event('complete', '')
      response.end()
    },
  }
}
