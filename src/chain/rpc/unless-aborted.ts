/**
 * What a promise comes to, or a rejection once the signal is aborted. What is waited for may be shared with others, and
 * goes on when one of them stops waiting. Leaves nothing behind at the signal.
 * @param reason to reject with; the signal's own if left out
 */
export function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  reason: () => unknown = () => signal.reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(reason())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
