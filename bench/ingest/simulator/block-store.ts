import { headerJson, NO_HASH } from './block-header'
import { type BlockLayout, type BlockPlace, layOutBlock } from './block-layout'
import { createByteArena } from './byte-arena'
import type { Cast } from './cast'
import type { ChainOptions } from './chain-options'
import { type Entry, type EntryColumns, emptyColumns, pushEntry, truncateEntries } from './entries'
import { bloomOf, gasUsedBy, receiptsRootOf } from './receipts'
import { type BlockFacts, hashesText, logText, openHeaderText } from './render'

/** The blocks of a chain, with the bytes that a node answers most often, made once. */
export interface BlockStore {
  /** The highest block. */
  head(): number
  /** Adds a block with these logs of the three contracts. */
  append(entries: readonly Entry[], fork: number): void
  /** Drops the blocks above. */
  truncate(head: number): void
  readonly entries: EntryColumns
  /** The entries of the blocks from `from` to `to`: from the first place up to, not including, the second. */
  entryRange(from: number, to: number): readonly [number, number]
  /** How many logs of any contract the blocks from `from` to `to` have. */
  logCount(from: number, to: number): number
  place(number: number): BlockPlace
  facts(number: number): BlockFacts
  numberOf(hash: string): number | undefined
  layout(number: number): BlockLayout
  /** A header as JSON, open at its end, and what closes it to a block. */
  headerBytes(number: number): Buffer
  blockBytes(number: number): Buffer
  /** Logs as JSON, each with a comma behind it: those of entries, and those of whole blocks if they are kept. */
  entryBytes(start: number, end: number): Buffer[]
  logBytes(from: number, to: number): Buffer[] | undefined
}

export function createBlockStore(cast: Cast, options: ChainOptions): BlockStore {
  const { seed, noise, plainTransactions, chainId, logTimestamps, sealed, keepNoise } = options
  const hashes: `0x${string}`[] = []
  const forks: number[] = []
  const timestamps: number[] = []
  /** Numbers of entries and of logs up to and including each block. */
  const entryEnds: number[] = []
  const logEnds: number[] = []
  const headerLengths: number[] = []
  const numbers = new Map<string, number>()
  const entries = emptyColumns()
  const blocks = createByteArena()
  const ownLogs = createByteArena()
  const allLogs = keepNoise ? createByteArena() : undefined

  const place = (number: number): BlockPlace => ({ seed, fork: forks[number] ?? 0, number })
  const facts = (number: number): BlockFacts => ({
    number,
    hash: hashes[number] ?? NO_HASH,
    timestamp: timestamps[number] ?? 0,
    chainId,
    logTimestamps,
  })
  const entryRange = (from: number, to: number): readonly [number, number] => [
    entryEnds[from - 1] ?? 0,
    entryEnds[Math.min(to, hashes.length - 1)] ?? 0,
  ]
  const layout = (number: number): BlockLayout =>
    layOutBlock(cast, place(number), entries, entryRange(number, number), { noise, plainTransactions })

  const render = (number: number, { transactions, logs }: BlockLayout): void => {
    const block = facts(number)
    let all = ''
    logs.forEach((log, index) => {
      if (log.entry < 0 && allLogs === undefined) return
      const hash = transactions[log.transactionIndex]?.hash ?? NO_HASH
      const text = `${logText(cast, log, index, hash, block)},`
      if (allLogs !== undefined) all += text
      if (log.entry < 0) return
      entries.logIndex[log.entry] = index
      entries.transactionIndex[log.entry] = log.transactionIndex
      ownLogs.push(text)
    })
    allLogs?.push(all)
  }

  return {
    head: () => hashes.length - 1,
    append(added, fork) {
      const number = hashes.length
      forks.push(fork)
      // Another block at the same height has another time, and always a later one than its parent.
      timestamps.push(options.startTime + number * options.blockTime + (fork % options.blockTime))
      for (const entry of added) pushEntry(entries, entry)
      entryEnds.push(entries.kind.length)
      const laidOut = layOutBlock(
        cast,
        place(number),
        entries,
        [entries.kind.length - added.length, entries.kind.length],
        options,
      )
      logEnds.push((logEnds[number - 1] ?? 0) + laidOut.logs.length)
      const header = headerJson({
        place: place(number),
        parentHash: hashes[number - 1] ?? NO_HASH,
        receiptsRoot: sealed ? receiptsRootOf(cast, laidOut) : undefined,
        bloom: bloomOf(cast, laidOut.logs),
        gasUsed: gasUsedBy(laidOut.transactions.length),
        timestamp: timestamps[number] ?? 0,
      })
      const hash = header.hash as `0x${string}`
      hashes.push(hash)
      numbers.set(hash, number)
      const text = openHeaderText(header)
      headerLengths.push(text.length)
      blocks.push(text + hashesText(laidOut))
      render(number, laidOut)
    },
    truncate(head) {
      for (const hash of hashes.slice(head + 1)) numbers.delete(hash)
      for (const column of [hashes, forks, timestamps, entryEnds, logEnds, headerLengths]) {
        column.length = Math.min(column.length, head + 1)
      }
      truncateEntries(entries, entryEnds[head] ?? 0)
      blocks.truncate(head + 1)
      ownLogs.truncate(entries.kind.length)
      allLogs?.truncate(head + 1)
    },
    entries,
    entryRange,
    logCount: (from, to) => (logEnds[Math.min(to, logEnds.length - 1)] ?? 0) - (logEnds[from - 1] ?? 0),
    place,
    facts,
    numberOf: (hash) => numbers.get(hash),
    layout,
    headerBytes: (number) => whole(blocks.slices(number, number + 1)).subarray(0, headerLengths[number]),
    blockBytes: (number) => whole(blocks.slices(number, number + 1)),
    entryBytes: (start, end) => ownLogs.slices(start, end),
    logBytes: (from, to) => allLogs?.slices(from, to + 1),
  }
}

/** A record lies in one piece. */
function whole([bytes]: readonly Buffer[]): Buffer {
  if (bytes === undefined) throw new RangeError('no such block')
  return bytes
}
