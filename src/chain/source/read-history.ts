import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch } from '@subsquid/util-internal-processor-tools'
import type { Verification } from '../../core/coverage'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { assembleBlock } from './assemble-block'
import { confirmBlock } from './confirm-block'
import { untilAgreed } from './disagreement'
import { type HistoryOptions, type HistoryRange, rangesInOrder } from './ranges-in-order'
import { briefly, readHeaders } from './read-headers'
import type { RangeRead } from './read-range'
import type { SourceBlock } from './source-block'
import { verificationName } from './verification-name'

/** Rows (a log, or a block that has some) and bytes of their data, from which on a batch is handed over. */
const ROWS_PER_BATCH = 8_000
const BYTES_PER_BATCH = 8 * 1024 * 1024
/** How long a begun batch waits for the next range, and for all of them, while nobody writes; in milliseconds. */
const PATIENCE = 200
const LONGEST_WAIT = 1_000
/** How long blocks without events may go by until the checkpoint moves on, in milliseconds. */
const CHECKPOINT_EVERY = 5_000

/**
 * Reads finalized history in batches of blocks that have events; the last block of the range always comes, too. While
 * one batch is written, the next one is being read.
 * @throws NodeUntrusted (E3014), ReceiptsUnverifiable (E3017)
 */
export async function* readHistory(
  range: HistoryRange,
  options: HistoryOptions,
): AsyncGenerator<Batch<SourceBlock>> {
  const { rpc, verification } = options
  const ranges = rangesInOrder(range, options)
  const batch = new OpenBatch(range.fromBlock, verificationName(verification.mode))
  let readUpTo = range.fromBlock - 1
  let handedOverAt = Date.now()
  let begunAt = handedOverAt
  let reading: Promise<IteratorResult<RangeRead>> | undefined
  for (;;) {
    reading ??= ranges.next()
    const read = await (batch.isEmpty() ? reading : Promise.race([reading, sleep(PATIENCE, undefined)]))
    if (read !== undefined) {
      reading = undefined
      if (read.done) break
      if (batch.isEmpty()) begunAt = Date.now()
      batch.add(read.value)
      readUpTo = read.value.toBlock
    }
    if (batch.isEmpty() && readUpTo < range.toBlock && Date.now() - handedOverAt > CHECKPOINT_EVERY) {
      batch.close(await boundary(rpc, readUpTo))
    } else if (read !== undefined && !batch.isFull()) {
      // Steady drops fill no batch for a long time.
      if (batch.isEmpty() || Date.now() - begunAt < LONGEST_WAIT) continue
    }
    yield { blocks: batch.take(), isHead: false }
    handedOverAt = Date.now()
  }
  if (batch.readUpTo() < range.toBlock) batch.close(await boundary(rpc, range.toBlock))
  if (!batch.isEmpty()) yield { blocks: batch.take(), isHead: true }
}

/** A block that a checkpoint can stand on although nothing of ours is in it. */
function boundary(rpc: Rpc, number: number): Promise<SourceBlock> {
  return untilAgreed(rpc, `block ${number}`, async (avoid) => {
    const told = new Set<EndpointName>()
    const [header] = await readHeaders(rpc, [number], briefly, { avoid, told })
    if (header === undefined) throw new TypeError(`no header of block ${number}`)
    await confirmBlock(rpc, header, told)
    return assembleBlock(header, [])
  })
}

/** Blocks that are being gathered, and how far they reach. */
class OpenBatch {
  private blocks: SourceBlock[] = []
  private rows = 0
  private bytes = 0
  private checked = 0

  constructor(
    /** First block that no block handed over stands for. */
    private next: number,
    private readonly verification: Verification,
  ) {}

  /** The last block that this batch, or one before it, ends with. */
  readUpTo(): number {
    return this.next - 1
  }

  add({ blocks, logCount, bytes, blocksChecked }: RangeRead): void {
    this.checked += blocksChecked
    this.rows += logCount + blocks.length
    this.bytes += bytes
    for (const block of blocks.slice(0, -1)) this.blocks.push(block)
    const last = blocks.at(-1)
    if (last !== undefined) this.close(last)
  }

  /** Adds a block that stands for all that was read since the one before it. */
  close(block: SourceBlock): void {
    const { next: fromBlock, verification } = this
    // What was checked behind this block counts for the next one that is handed over.
    const blocksChecked = Math.min(this.checked, block.header.height - fromBlock + 1)
    this.blocks.push({ ...block, coverage: { fromBlock, source: 'RPC', verification, blocksChecked } })
    this.next = block.header.height + 1
    this.checked -= blocksChecked
  }

  isEmpty(): boolean {
    return this.blocks.length === 0
  }

  isFull(): boolean {
    return this.rows >= ROWS_PER_BATCH || this.bytes >= BYTES_PER_BATCH
  }

  take(): SourceBlock[] {
    const { blocks } = this
    this.blocks = []
    this.rows = 0
    this.bytes = 0
    return blocks
  }
}
