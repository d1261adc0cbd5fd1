import type { Logger } from '@subsquid/logger'
import { headLine, historyLine } from './ingest-line'
import type { IngestParts } from './ingest-metrics'
import { type ChildMessage, tell } from './messages'
import { createTrafficMeter } from './traffic-meter'

/** How often the supervisor hears of progress, and it is looked whether the log should, in milliseconds. */
const LOOK_EVERY = 1_000
/** How often the log does: while history is read, and at the head. */
const LOG_EVERY = { history: 10_000, head: 300_000 } as const
/** Blocks behind the node from which on it is history that is read. */
const FAR = 200

export interface IngestReport {
  /** Tells the supervisor how far the index is now. */
  tellProgress(): void
  /** Says no more. */
  close(): void
}

/** Tells the supervisor how ingestion goes, each second and whenever asked to; and the log, seldom. */
export function reportIngest(
  parts: IngestParts,
  log: Pick<Logger, 'info'>,
  say: (message: ChildMessage) => void = tell,
): IngestReport {
  const { rpc, heads, progress } = parts
  const { startBlock } = progress
  const measureTraffic = createTrafficMeter(() => rpc.status())
  const chainHead = (): number => Math.max(Number(heads.seen()?.head.number ?? -1), progress.state().block)
  const stageNow = (): keyof typeof LOG_EVERY =>
    chainHead() - progress.state().block > FAR ? 'history' : 'head'
  let logged = { at: performance.now(), stage: stageNow(), added: progress.state().added }

  const tellProgress = (): void => {
    const { block, events, eventsPerSecond, blocksPerSecond } = progress.state()
    say({
      ...{ type: 'indexing', startBlock, block, chainHead: chainHead(), events },
      ...{ eventsPerSecond, blocksPerSecond, etaSeconds: progress.secondsTo(chainHead()) ?? null },
    })
  }

  const timer = setInterval(() => {
    tellProgress()
    const stage = stageNow()
    const at = performance.now()
    // That history is read is said at once. A head that runs away for a moment is no news.
    const hasArrived = logged.stage === 'history' && stage === 'head'
    if (!hasArrived && at - logged.at < LOG_EVERY[stage]) return
    const state = progress.state()
    const line = stage === 'history' ? historyLine : headLine
    log.info(
      line({
        ...{ startBlock, state, chainHead: chainHead(), finalized: heads.seen()?.finalized ?? 0 },
        ...{ etaSeconds: progress.secondsTo(chainHead()), logRange: rpc.logRange() },
        ...{ traffic: measureTraffic(), addedBefore: logged.added },
      }),
    )
    logged = { at, stage, added: state.added }
  }, LOOK_EVERY)
  timer.unref()
  return { tellProgress, close: () => clearInterval(timer) }
}
