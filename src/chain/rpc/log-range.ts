import type { RangeHint } from './range-hint'

/** Learns how many blocks one endpoint gives the logs of at once. */
export interface LogRange {
  /** Blocks to ask for next; at least 1. */
  blocks(): number
  /** A question for so many blocks was answered. */
  answered(blocks: number, logs: number, bytes: number): void
  /** A question for so many blocks was refused for its size, or took too long. */
  refused(blocks: number, hint?: RangeHint): void
}

const START = 2_000
const CAP = 1_000_000
/** One answer is held in memory as text, as JSON and as events: these keep a dozen of them small. */
const LOGS = 2_500
const BYTES = 1.5 * 1024 * 1024
/** How long a stated limit, and one that was merely run into, is believed. */
const STATED = 600_000
const FOUND = 60_000

interface Ceiling {
  readonly blocks: number
  readonly until: number
}

export function createLogRange(clock: () => number): LogRange {
  let size = START
  /** Most blocks that were answered since fewer were refused. */
  let proven = 0
  let stated: Ceiling = { blocks: CAP, until: Number.POSITIVE_INFINITY }
  let found = stated

  const ceilingOf = ({ blocks, until }: Ceiling): number => (until > clock() ? blocks : CAP)
  const capped = (blocks: number): number =>
    Math.max(1, Math.min(CAP, Math.floor(blocks), ceilingOf(stated), ceilingOf(found)))

  /** Twice as much, or half of the way to where it was refused: doubling again would waste every second question. */
  const larger = (blocks: number): number => {
    const refused = ceilingOf(found)
    return refused < CAP ? Math.min(blocks * 2, (blocks + refused) / 2) : blocks * 2
  }

  return {
    blocks: () => size,
    answered(blocks, logs, bytes) {
      proven = Math.max(proven, blocks)
      const load = Math.max(logs / LOGS, bytes / BYTES)
      const suitable = blocks / load // Infinity where nothing came
      if (load > 1) size = capped(Math.min(size, suitable))
      else if (blocks >= size) size = capped(Math.max(blocks, Math.min(larger(blocks), suitable)))
    },
    refused(blocks, hint) {
      if (blocks <= proven) proven = 0
      const given = hint?.blocks ?? Math.max(Math.floor(blocks / 2), proven)
      if (hint?.isLimit) stated = { blocks: Math.max(1, given), until: clock() + STATED }
      else found = { blocks: Math.max(1, blocks - 1), until: clock() + FOUND }
      size = capped(Math.min(size, given))
    },
  }
}
