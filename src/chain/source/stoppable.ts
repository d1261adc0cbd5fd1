import type { DataSource, HotDataSource } from '@subsquid/util-internal-processor-tools'
import { unlessAborted } from '../rpc/unless-aborted'

/** Thrown into the engine by a source that was told to stop, at a moment when no batch is being written. */
export class Stopped extends Error {}

/** The same history, which ends between two batches once `signal` is aborted. */
export function stoppableHistory<B, R>(source: DataSource<B, R>, signal: AbortSignal): DataSource<B, R> {
  return {
    getFinalizedHeight: () => source.getFinalizedHeight(),
    getBlockHash: (height) => source.getBlockHash(height),
    async *getFinalizedBlocks(requests, stopOnHead) {
      const batches = source.getFinalizedBlocks(requests, stopOnHead)[Symbol.asyncIterator]()
      for (;;) {
        // The engine asks for the next batch when the one before it is written.
        const { value, done } = await unlessStopped(batches.next(), signal)
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
      return unlessStopped(following, signal).catch(async (error: unknown) => {
        // What fails while it is being written is told by whoever follows.
        if (error instanceof Stopped) await writing.catch(() => undefined)
        throw error
      })
    },
  }
}

function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return unlessAborted(promise, signal, () => new Stopped())
}
