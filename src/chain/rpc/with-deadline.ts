import { Failure } from './failure'

/**
 * Runs something under a signal that is aborted with the given one, or with a Failure of class `timeout` when the time is
 * up. Cheaper than AbortSignal.any, which keeps a record of every signal ever combined.
 */
export async function withDeadline<T>(
  milliseconds: number,
  signal: AbortSignal,
  run: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const controller = new AbortController()
  const pass = (): void => controller.abort(signal.reason)
  const timer = setTimeout(
    () => controller.abort(new Failure('timeout', `no whole answer within ${milliseconds} ms`)),
    milliseconds,
  )
  signal.addEventListener('abort', pass, { once: true })
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', pass)
  }
}
