import type { VerificationSetting } from '../../config/verification'
import type { Rpc } from '../rpc/rpc'
import type { BriefHeader } from './read-headers'
import { type RangeQuestion, type RangeRead, readRange } from './read-range'
import type { Wanted } from './wanted-logs'

/** Finalized blocks to be read, both ends included. */
export interface HistoryRange {
  readonly fromBlock: number
  readonly toBlock: number
  readonly wanted: Wanted
}

export interface HistoryOptions {
  readonly rpc: Rpc
  readonly verification: VerificationSetting
  /** From 0 to 1, for the choice of samples. */
  readonly random?: () => number
}

/** Ranges that are read at once; and logs of them, by what ranges had so far: what memory is bounded by. */
const RANGES_AT_ONCE = 8
const LOGS_AT_ONCE = 20_000
/** How much the newest range counts in that, from 0 to 1. */
const WEIGHT = 0.25
/** Where every header is read, no more blocks than this at once: one with its transactions has a few kilobytes. */
const BLOCKS_WITH_HEADERS = 400

/**
 * Reads several ranges at once, of the size that the endpoints give, and hands them over in order.
 * @throws NodeUntrusted (E3014), ReceiptsUnverifiable (E3017)
 */
export async function* rangesInOrder(
  { fromBlock, toBlock, wanted }: HistoryRange,
  { rpc, verification, random = Math.random }: HistoryOptions,
): AsyncGenerator<RangeRead> {
  const { mode } = verification
  const mostBlocks = mode === 'bloom' || mode === 'receipts' ? BLOCKS_WITH_HEADERS : Number.POSITIVE_INFINITY
  const queue: { readonly question: RangeQuestion; readonly reads: Promise<RangeRead[]> }[] = []
  let next = fromBlock
  /** Logs of ranges that are read and wait for those before them. */
  let logsWaiting = 0
  let beingRead = 0
  let logsExpected = LOGS_AT_ONCE / 2

  const begin = (): void => {
    const last = Math.min(next + Math.min(rpc.logRange(), mostBlocks) - 1, toBlock)
    const isSampled = verification.mode === 'quorum' && random() < verification.share
    const question = { fromBlock: next, toBlock: last, wanted, verification, isSampled }
    beingRead += 1
    const reads = readRange(rpc, question).then((found) => {
      beingRead -= 1
      logsWaiting += logsOf(found)
      logsExpected += (logsOf(found) - logsExpected) * WEIGHT
      return found
    })
    // Whoever waits for it hears of its failure; until then it is nobody's.
    reads.catch(() => undefined)
    queue.push({ question, reads })
    next = last + 1
  }
  const fill = (): void => {
    const isRoom = (): boolean => logsWaiting + beingRead * logsExpected < LOGS_AT_ONCE
    while (next <= toBlock && queue.length < RANGES_AT_ONCE && (queue.length === 0 || isRoom())) begin()
  }

  let before: BriefHeader | undefined
  for (fill(); queue.length > 0; fill()) {
    const [first] = queue
    if (first === undefined) return
    const reads = await first.reads
    queue.shift()
    logsWaiting -= logsOf(reads)
    // What comes next is read while this is used.
    fill()
    for (const read of await linked(rpc, first.question, reads, before)) {
      yield read
      before = read.ends?.last
    }
  }
}

/** The same ranges if they descend from the block before them; else read again until they do. */
async function linked(
  rpc: Rpc,
  question: RangeQuestion,
  reads: RangeRead[],
  before: BriefHeader | undefined,
): Promise<RangeRead[]> {
  let parent = before
  let isLinked = true
  for (const { ends } of reads) {
    if (ends !== undefined && parent !== undefined && ends.first.parentHash !== parent.hash) isLinked = false
    parent = ends?.last
  }
  if (isLinked || before === undefined) return reads
  return linked(rpc, question, await readRange(rpc, { ...question, parentHash: before.hash }), before)
}

function logsOf(reads: readonly RangeRead[]): number {
  return reads.reduce((count, { logCount }) => count + logCount, 0)
}
