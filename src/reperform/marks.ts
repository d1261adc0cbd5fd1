import type { Hash } from '../core/address'
import type { SnapshotRow } from '../core/ledger'
import type { FoldedBlocks } from './fold-chain'

/** What history is before a block that files begin with. */
interface Opening {
  /** The history digest. */
  readonly digest: Hash
  /** Of the newest snapshot, in unix seconds; undefined where there is none yet. */
  readonly timestamp: number | undefined
}

/** What history is at the blocks that files begin and end at, noted as it goes by. */
export interface Marks {
  add(folded: FoldedBlocks): void
  before(fromBlock: number): Opening
  /** All figures after a block that a file ends with; undefined where that block has no snapshot. */
  snapshotAt(toBlock: number): SnapshotRow | undefined
  /** When something happened next after such a block, in unix seconds; undefined where nothing more was seen. */
  nextAfter(toBlock: number): number | undefined
  /** Time of the last block that was read, in unix seconds: of what comes after it, nothing is known. */
  knownTo(): number
}

/** @param seed the history digest before the first event */
export function markBlocks(seed: Hash, fromBlocks: Iterable<number>, toBlocks: Iterable<number>): Marks {
  const begins = [...new Set(fromBlocks)].sort((a, b) => a - b)
  const ends = new Set(toBlocks)
  const openings = new Map<number, Opening>()
  const snapshots = new Map<number, SnapshotRow>()
  const nexts = new Map<number, number>()
  let newest: Opening = { digest: seed, timestamp: undefined }
  let previous = -1
  let knownTo = 0
  let begun = 0
  const take = (snapshot: SnapshotRow): void => {
    const { blockNumber, timestamp, digest } = snapshot
    for (let block = begins[begun]; block !== undefined && block <= blockNumber; block = begins[begun]) {
      openings.set(block, newest)
      begun += 1
    }
    if (snapshots.has(previous)) nexts.set(previous, timestamp)
    if (ends.has(blockNumber)) snapshots.set(blockNumber, snapshot)
    newest = { digest, timestamp }
    previous = blockNumber
  }
  return {
    add({ ledger, toTimestamp }) {
      knownTo = toTimestamp
      for (const snapshot of ledger.snapshots) take(snapshot)
    },
    // Behind the last snapshot nothing changes it any more.
    before: (fromBlock) => openings.get(fromBlock) ?? newest,
    snapshotAt: (toBlock) => snapshots.get(toBlock),
    nextAfter: (toBlock) => nexts.get(toBlock),
    knownTo: () => knownTo,
  }
}
