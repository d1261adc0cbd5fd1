import type { DataSource, HotDataSource } from '@subsquid/util-internal-processor-tools'

/** Thrown into the engine by a source that was told to stop, at a moment when no batch is being written. */
export class Stopped extends Error {}

/** The same history, which ends between two batches once `signal` is aborted. */
export function stoppableHistory<B, R>(source: DataSource<B, R>, signal: AbortSignal): DataSource<B, R> {
  return {
    getFinalizedHeight: () => source.getFinalizedHeight(),
    getBlockHash: (height) => source.getBlockHash(height),
    async *getFinalizedBlocks(requests, stopOnHead) {
      const batches = source.getFinalizedBlocks(requests, stopOnHead)[Symbol.asyncIterator]()
      const stopping = stopped(signal)
      for (;;) {
        // The engine asks for the next batch when the one before it is written.
        const { value, done } = await Promise.race([batches.next(), stopping])
        if (done) return
        yield value
      }
    },
  }
}

/** The same source, which ends between two batches once `signal` is aborted. */
export function stoppable<B, R>(source: HotDataSource<B, R>, signal: AbortSignal): HotDataSource<B, R> {
  return {
    ...stoppableHistory(source, signal),
    processHotBlocks(requests, state, apply) {
      let writing = Promise.resolve()
      const following = source.processHotBlocks(requests, state, (update) => {
        if (signal.aborted) throw new Stopped()
        writing = apply(update)
        return writing
      })
      const stopping = stopped(signal).catch(async (error: unknown) => {
        // What fails while it is being written is told by whoever follows.
        await writing.catch(() => undefined)
        throw error
      })
      return Promise.race([following, stopping])
    },
  }
}

/** Rejects with Stopped once the signal is aborted; it may be that nobody listens any more by then. */
function stopped(signal: AbortSignal): Promise<never> {
  const stopping = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Stopped())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  stopping.catch(() => undefined)
  return stopping
}
