/** How far the index is, and how fast it grows. */
export interface IngestState {
  /** Newest indexed block; below the start block before the first. */
  readonly block: number
  /** Events since the start of history. */
  readonly events: number
  /** What this process has added. A block that a reorganisation replaced counts each time that it is read. */
  readonly added: { readonly blocks: number; readonly events: number; readonly batches: number }
  /** Over the last seconds. */
  readonly blocksPerSecond: number
  readonly eventsPerSecond: number
}

/** Where this process begins. */
export type IngestStart = Pick<IngestState, 'block' | 'events'> & {
  /** First block that is indexed. */
  readonly startBlock: number
}

/** Follows the index as it grows. */
export interface IngestProgress {
  readonly startBlock: number
  /** Takes note of a batch: the newest block now, and all events up to it. The same again adds nothing. */
  wrote(block: number, events: number): void
  state(): IngestState
  /** Seconds until `target` is indexed at the speed of the last ones; undefined while that says nothing. */
  secondsTo(target: number): number | undefined
}

/** Milliseconds that speed is averaged over. */
const WINDOW = 15_000
/** Batches from which on speed tells how long it takes: the first one may hold the first block alone. */
const ENOUGH = 3

interface Point {
  readonly at: number
  readonly blocks: number
  readonly events: number
}

/** @param clock milliseconds that never go back */
export function createIngestProgress(
  start: IngestStart,
  clock: () => number = () => performance.now(),
): IngestProgress {
  const { startBlock } = start
  // A fresh index begins below the start block, however far: those blocks are nobody's work.
  let block = Math.max(start.block, startBlock - 1)
  let { events } = start
  let batches = 0
  const beginning = clock()
  let newest: Point = { at: beginning, blocks: 0, events: 0 }
  let points: readonly Point[] = [newest]

  const speed = (): { blocks: number; events: number } => {
    const now = clock()
    const from = Math.max(now - WINDOW, beginning)
    const seconds = (now - from) / 1_000
    if (seconds <= 0) return { blocks: 0, events: 0 }
    const before = at(points, from)
    return {
      blocks: (newest.blocks - before.blocks) / seconds,
      events: (newest.events - before.events) / seconds,
    }
  }

  return {
    startBlock,
    wrote(nextBlock, nextEvents) {
      const now = clock()
      // After a reorganisation both may be lower than before.
      const blocks = newest.blocks + Math.max(nextBlock - block, 0)
      newest = { at: now, blocks, events: newest.events + Math.max(nextEvents - events, 0) }
      block = nextBlock
      events = nextEvents
      batches += 1
      // One point from before the window stays: it tells where the window began.
      const inside = points.findIndex((point) => point.at > now - WINDOW)
      points = [...points.slice(inside === -1 ? -1 : Math.max(inside - 1, 0)), newest]
    },
    state() {
      const { blocks: blocksPerSecond, events: eventsPerSecond } = speed()
      const added = { blocks: newest.blocks, events: newest.events, batches }
      return { block, events, added, blocksPerSecond, eventsPerSecond }
    },
    secondsTo(target) {
      if (block >= target) return 0
      const blocks = batches < ENOUGH ? 0 : speed().blocks
      return blocks > 0 ? (target - block) / blocks : undefined
    },
  }
}

/** Where things stood at a time: between two points, as far as the time between them had passed. */
function at(points: readonly Point[], time: number): Omit<Point, 'at'> {
  const later = points.findIndex((point) => point.at > time)
  const before = points.at(later === -1 ? -1 : Math.max(later - 1, 0))
  const after = points[later]
  if (before === undefined) throw new TypeError('there is no point')
  if (after === undefined || after.at <= before.at) return before
  const share = Math.max(time - before.at, 0) / (after.at - before.at)
  return {
    blocks: before.blocks + share * (after.blocks - before.blocks),
    events: before.events + share * (after.events - before.events),
  }
}
