/**
 * Waits; rejects with the signal's reason when it is aborted.
 * @param isIdle whether the process may end meanwhile
 */
export function pause(milliseconds: number, signal: AbortSignal, { isIdle = false } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (isIdle) timer.unref()
    signal.addEventListener('abort', stop, { once: true })
  })
}
