import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import { createLogger } from '@subsquid/logger'
import type { Store } from '@subsquid/typeorm-store'
import {
  type Block,
  type DataSource,
  type HotDatabase,
  type HotDataSource,
  type PrometheusServer,
  Runner,
} from '@subsquid/util-internal-processor-tools'
import { dataRequests } from '../chain/data-requests'
import { throwPlainly } from '../chain/rpc/throw-plainly'
import type { SourceBlock } from '../chain/source/source-block'
import { Stopped, stoppable, stoppableHistory } from '../chain/source/stoppable'
import type { EconomyFile } from '../config/economy-file'

export interface EngineParts {
  readonly economy: EconomyFile
  readonly database: HotDatabase<Store>
  /** Nodes, for what is final and for the head. */
  readonly source: HotDataSource<SourceBlock, DataRequest>
  /** An archive that is read first, as far as it reaches. */
  readonly archive: DataSource<SourceBlock, DataRequest> | undefined
  readonly prometheus: PrometheusServer
  /** Writes a batch; may be called again with the same one if the database asks for that. */
  readonly handle: (store: Store, blocks: readonly SourceBlock[]) => Promise<void>
  /** Run once when history is read, before the first block is written that may be undone. */
  readonly beforeHead: () => Promise<void>
  /** Aborted to stop between two batches. */
  readonly signal: AbortSignal
}

/**
 * Runs the SDK's engine over our sources: history, then the head, each batch in a transaction of its own with the
 * checkpoint in it. Resolves when it was told to stop and the last batch is written.
 * @throws QuestionRefused (E3018), and whatever else a source, a fold or the database refuses
 */
export async function runEngine(parts: EngineParts): Promise<void> {
  const { economy, database, archive, source, prometheus, handle, beforeHead, signal } = parts
  const { finality } = economy.chain
  const runner = new Runner<DataRequest, Store>({
    database,
    requests: dataRequests(economy),
    // The engine wants every block's parent, but looks at none: history is read without the headers that tell them.
    hotDataSource: stoppable(
      {
        ...source,
        async processHotBlocks(requests, state, apply) {
          await beforeHead()
          return source.processHotBlocks(requests, state, apply)
        },
      },
      signal,
    ) as HotDataSource<Block, DataRequest>,
    ...(archive && { archive: stoppableHistory(archive, signal) as DataSource<Block, DataRequest> }),
    allBlocksAreFinal: finality.kind === 'confirmations' && finality.confirmations === 0,
    prometheus,
    log: createLogger('sqd:processor'),
    process: (store, { blocks }) => handle(store, blocks as unknown as readonly SourceBlock[]),
  })
  try {
    await runner.run()
  } catch (error) {
    if (error instanceof Stopped) return
    throwPlainly(error)
  }
}
